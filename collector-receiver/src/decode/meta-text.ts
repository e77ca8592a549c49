import { attribute, emptyJsonObject, isJsonObject } from 'audit-event';
import type { JsonObject, JsonValue, LogRecord } from 'audit-event';
import { cleanText } from './clean-text';
import { limits } from './limits';
import { parseLosslessly } from './lossless-json';
import { doubleValue } from './number-value';

/** `absent`: `audit.meta` is no JSON text of an object, and stays what it is. */
export type MetaText = 'absent' | 'read' | 'sanitized' | 'too-deep';

/**
 * Reads `audit.meta` where it came as one JSON text, which is all that some SDKs can send, into the record. The text is
 * foreign JSON of its own, so it is cleaned like any value: no U+0000, no lone surrogate, no lost digits, not too deep.
 */
export function readMetaText(record: LogRecord): MetaText {
  const text = record.attributes[attribute.meta];
  if (typeof text !== 'string' || !/^\s*\{/.test(text)) return 'absent';
  let meta: unknown;
  try {
    meta = parseLosslessly(text);
  } catch {
    return 'absent';
  }
  const cleaning = { sanitized: false, tooDeep: false };
  const clean = cleanValue(cleaning, meta as JsonValue, 0);
  if (cleaning.tooDeep) return 'too-deep';
  record.attributes[attribute.meta] = clean;
  return cleaning.sanitized ? 'sanitized' : 'read';
}

interface Cleaning {
  sanitized: boolean;
  tooDeep: boolean;
}

function cleanValue(
  cleaning: Cleaning,
  value: JsonValue,
  depth: number,
): JsonValue {
  if (typeof value === 'string') return cleanString(cleaning, value);
  if (typeof value === 'number') return doubleValue(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= limits.depth) cleaning.tooDeep = true;
  if (cleaning.tooDeep) return null;
  if (isJsonObject(value)) return cleanObject(cleaning, value, depth);
  return value.map((item) => cleanValue(cleaning, item, depth + 1));
}

function cleanObject(
  cleaning: Cleaning,
  object: JsonObject,
  depth: number,
): JsonObject {
  const clean = emptyJsonObject();
  for (const [key, value] of Object.entries(object))
    clean[cleanString(cleaning, key)] = cleanValue(cleaning, value, depth + 1);
  return clean;
}

function cleanString(cleaning: Cleaning, sent: string): string {
  const text = cleanText(sent);
  if (text !== sent) cleaning.sanitized = true;
  return text;
}
