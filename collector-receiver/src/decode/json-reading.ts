import { cleanText } from './clean-text';
import type { UnreadableReason } from './decoded';
import { kindOf } from 'audit-event';
import { limits } from './limits';

/** The reading of one message of an OTLP/JSON request: as in ProtobufReader, the first thing wrong is kept. */
export interface JsonReading {
  failure: { reason: UnreadableReason; detail: string } | undefined;
  /** Whether text had to be changed. */
  sanitized: boolean;
  /** The body was not valid UTF-8, so a U+FFFD in it stands for bytes that were something else. */
  replaced: boolean;
  valuesLeft: number;
  /** UTF-16 units of the texts so far. */
  textRead: number;
}

export function startReading(replaced: boolean): JsonReading {
  return {
    failure: undefined,
    sanitized: false,
    replaced,
    valuesLeft: limits.valuesPerRecord,
    textRead: 0,
  };
}

/** About how many bytes what was read takes: its texts, and some for each value. */
export function sizeRead({ textRead, valuesLeft }: JsonReading): number {
  return textRead + 8 * (limits.valuesPerRecord - valuesLeft);
}

/** Notes that `name` is not what was expected, unless something was wrong before. */
export function failReading(
  reading: JsonReading,
  name: string,
  expected: string,
  got: unknown,
): void {
  reading.failure ??= {
    reason: 'bad-value',
    detail: `expected ${name} to be ${expected}, got ${kindOf(got)}`,
  };
}

/** Text that Postgres can hold. Absent and null are empty, as in proto3 JSON. */
export function readText(
  reading: JsonReading,
  name: string,
  value: unknown,
): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') {
    failReading(reading, name, 'a string', value);
    return '';
  }
  reading.textRead += value.length;
  const text = cleanText(value);
  if (text !== value || (reading.replaced && text.includes('\uFFFD')))
    reading.sanitized = true;
  return text;
}

/** A list; absent and null are empty. */
export function readList(
  reading: JsonReading,
  name: string,
  value: unknown,
): unknown[] {
  if (Array.isArray(value)) return value;
  if (value !== undefined && value !== null)
    failReading(reading, name, 'a list', value);
  return [];
}
