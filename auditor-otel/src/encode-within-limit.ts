import { emptyJsonObject } from 'audit-event';
import type { AuditEvent, JsonObject } from 'audit-event';
import { cleanJson } from './clean-json';
import { cleanText } from './clean-text';
import { RECORD_MAX_BYTES } from './limits';
import { ownAttribute } from './own-attributes';
import type { Encoding } from './encoding';

/** What a record that is too large is cut to, each step only when the one before did not suffice. */
const CUTS = [
  { metaBytes: RECORD_MAX_BYTES * 0.6, textBytes: 8 * 1024 },
  { metaBytes: RECORD_MAX_BYTES * 0.1, textBytes: 2 * 1024 },
  { metaBytes: 0, textBytes: 1024 },
];

/** The final bytes of an event, at most 256 KiB: meta gives way first, with a note. */
export function encodeWithinLimit(
  event: AuditEvent,
  encoding: Encoding,
): Uint8Array {
  let bytes = encoding.encodeEvent(event);
  for (const cut of CUTS) {
    if (bytes.length <= RECORD_MAX_BYTES) break;
    bytes = encoding.encodeEvent(cutEvent(event, cut));
  }
  return bytes;
}

function cutEvent(event: AuditEvent, cut: (typeof CUTS)[number]): AuditEvent {
  const { metaBytes, textBytes } = cut;
  const otlp = event.otlp;
  const attributes = Object.assign(
    emptyJsonObject(),
    cutTexts(otlp?.attributes, textBytes),
  );
  attributes[ownAttribute.truncated] = true;
  return {
    ...cutTexts(event, textBytes),
    actor: cutTexts(event.actor, textBytes),
    request: event.request && cutTexts(event.request, textBytes),
    error: event.error && cutTexts(event.error, textBytes),
    meta: metaOf(event.meta, metaBytes),
    otlp: { ...otlp, attributes },
  };
}

function metaOf(meta: JsonObject, maxBytes: number): JsonObject {
  const maxStringBytes = Math.max(256, maxBytes / 2);
  return maxBytes === 0
    ? emptyJsonObject()
    : cleanJson(meta, { maxBytes, maxStringBytes }).meta;
}

function cutTexts<T extends object>(
  fields: T | undefined,
  maxBytes: number,
): T {
  const entries = Object.entries(fields ?? {}).map(([key, value]) => [
    key,
    typeof value === 'string' ? cleanText(value, maxBytes) : value,
  ]);
  return Object.fromEntries(entries) as T;
}
