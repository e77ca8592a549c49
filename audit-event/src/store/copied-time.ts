/** Milliseconds from 1970 to 2000, where Postgres' clock begins. */
const POSTGRES_EPOCH_MS = 946_684_800_000;
const US_IN_MS = 1_000;
/** 2^32 in milliseconds, and the microseconds that are left of it. */
const HIGH_MS = 4_294_967;
const HIGH_US = 296;

/**
 * A `timestamptz` of a binary COPY, exactly: the millisecond that it is in, since 1970, and the microseconds since then. In two
 * halves, for numbers alone are not exact from year 2285 on, and a BigInt takes several times as long.
 *
 * @param bytes of which eight begin at `start`
 */
export function copiedTime(
  bytes: Buffer,
  start: number,
): { ms: number; us: number } {
  const high = bytes.readInt32BE(start);
  const rest = high * HIGH_US + bytes.readUInt32BE(start + 4);
  const ms = Math.floor(rest / US_IN_MS);
  return {
    ms: high * HIGH_MS + ms + POSTGRES_EPOCH_MS,
    us: rest - ms * US_IN_MS,
  };
}
