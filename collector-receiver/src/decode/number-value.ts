import type { JsonValue } from 'audit-event';

/**
 * A 64-bit float in JSON form: what JSON cannot say is tagged.
 *
 * @example
 * doubleValue(NaN); // { $double: 'NaN' }
 * doubleValue(1.5); // 1.5
 */
export function doubleValue(value: number): JsonValue {
  if (Object.is(value, -0)) return { $double: '-0' };
  return Number.isFinite(value) ? value : { $double: String(value) };
}

/**
 * A signed 64-bit integer in JSON form: a number up to 2^53, beyond that its digits.
 *
 * @param high the upper 32 bits
 * @param low the lower 32 bits
 */
export function integerValue(high: number, low: number): JsonValue {
  const signedHigh = high | 0;
  const unsignedLow = low >>> 0;
  const value = signedHigh * 0x1_0000_0000 + unsignedLow;
  if (Number.isSafeInteger(value)) return value;
  return String((BigInt(signedHigh) << 32n) | BigInt(unsignedLow));
}
