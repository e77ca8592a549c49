import type { CopyBuffer } from 'audit-event/store';

/** The value of each hexadecimal digit in lower case; 255 for any other byte. */
const DIGITS = new Uint8Array(256).fill(255);
[...'0123456789abcdef'].forEach((digit, value) => {
  DIGITS[digit.charCodeAt(0)] = value;
});
const HYPHEN = 0x2d;

/**
 * Writes the UUID that is spelled between two offsets.
 *
 * @returns false, with a part of it written, for any other spelling than that of `uuidOf`
 */
export function writeUuid(
  out: CopyBuffer,
  bytes: Uint8Array,
  start: number,
  end: number,
): boolean {
  if (end - start !== 36) return false;
  out.size(16);
  let seen = 0;
  let at = start;
  for (let i = 0; i < 16; i++) {
    if (i === 4 || i === 6 || i === 8 || i === 10)
      if (bytes[at++] !== HYPHEN) return false;
    const high = DIGITS[bytes[at]!]!;
    const low = DIGITS[bytes[at + 1]!]!;
    at += 2;
    seen |= high | low;
    out.bytes[out.length++] = (high << 4) | low;
  }
  return seen < 16;
}

/**
 * Writes the bytes whose digits, in lower case, lie between two offsets.
 *
 * @returns false, with all of them written, when there is another character
 */
export function writeHex(
  out: CopyBuffer,
  bytes: Uint8Array,
  start: number,
  end: number,
): boolean {
  out.size((end - start) >> 1);
  let seen = 0;
  for (let at = start; at < end; at += 2) {
    const high = DIGITS[bytes[at]!]!;
    const low = DIGITS[bytes[at + 1]!]!;
    seen |= high | low;
    out.bytes[out.length++] = (high << 4) | low;
  }
  return seen < 16;
}
