import type { JsonValue } from 'audit-event';
import { failReading } from './json-reading';
import type { JsonReading } from './json-reading';
import { doubleValue } from './number-value';

const MAX_UINT64 = 2n ** 64n - 1n;
/** No 64-bit integer has more digits; BigInt of more takes time that grows with their square. */
const DIGITS = /^-?\d{1,20}$/;
const DECIMAL = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const SPECIAL = new Set(['NaN', 'Infinity', '-Infinity']);

/**
 * An int64 in JSON form: text or number, exact. A number beyond 2^53 or with a fraction can only be a double that
 * opentelemetry-js wrote as an integer, and stays one.
 */
export function readInt64(reading: JsonReading, value: unknown): JsonValue {
  if (typeof value === 'number')
    return Number.isSafeInteger(value) ? value + 0 : doubleValue(value);
  if (typeof value === 'string' && DIGITS.test(value)) {
    const integer = BigInt(value);
    const number = Number(integer);
    return Number.isSafeInteger(number) ? number : String(integer);
  }
  if (typeof value === 'string' && DECIMAL.test(value) && /[.eE]/.test(value))
    return doubleValue(Number(value));
  failReading(reading, 'intValue', 'an integer', value);
  return null;
}

/** A double in JSON form. `null` is what opentelemetry-js writes for NaN, and is kept as null. */
export function readDouble(reading: JsonReading, value: unknown): JsonValue {
  if (typeof value === 'number') return doubleValue(value);
  if (typeof value === 'string' && (SPECIAL.has(value) || DECIMAL.test(value)))
    return doubleValue(Number(value));
  failReading(reading, 'doubleValue', 'a number', value);
  return null;
}

/** An unsigned 64-bit integer, text or number; absent and null are 0. */
export function readUint64(
  reading: JsonReading,
  name: string,
  value: unknown,
): bigint {
  if (value === undefined || value === null) return 0n;
  const integer = integerIn(value);
  if (integer !== undefined && integer >= 0n && integer <= MAX_UINT64)
    return integer;
  failReading(reading, name, 'an integer from 0 to 2^64 - 1', value);
  return 0n;
}

/** An integer of 32 bits within the bounds, text or number; absent and null are 0. */
export function readInt32(
  reading: JsonReading,
  name: string,
  value: unknown,
  min: number,
  max: number,
): number {
  if (value === undefined || value === null) return 0;
  const integer = integerIn(value);
  if (integer !== undefined && integer >= min && integer <= max)
    return Number(integer);
  failReading(reading, name, `an integer from ${min} to ${max}`, value);
  return 0;
}

function integerIn(value: unknown): bigint | undefined {
  if (typeof value === 'string' && DIGITS.test(value)) return BigInt(value);
  const number =
    typeof value === 'string' && DECIMAL.test(value) ? Number(value) : value;
  return Number.isInteger(number) ? BigInt(number as number) : undefined;
}
