/** 2^32 divided by 1000, and what is left of it. */
const QUOTIENT = 4_294_967;
const REMAINDER = 296;

/** Later times, those from the year 2106 on, are for bigints. */
export const MAX_SECONDS = 2 ** 32;
export const MAX_HIGH = Math.floor((MAX_SECONDS * 1e9) / 2 ** 32);

/**
 * Nanoseconds that come as two unsigned halves, cut to microseconds, without a bigint. Exact while `high` is below
 * `MAX_HIGH`: each part of the sum is below 2^53 then.
 *
 * @example
 * microsecondsOf(1, 704); // 4_294_968
 */
export function microsecondsOf(high: number, low: number): number {
  return high * QUOTIENT + Math.floor((high * REMAINDER + low) / 1000);
}

/** What the cut took: 0 to 999. */
export function nanosecondsBelow(high: number, low: number): number {
  return (high * REMAINDER + low) % 1000;
}
