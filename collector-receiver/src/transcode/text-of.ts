import { cachedText, hashByte } from '../decode/text-cache';

/** Valid UTF-8 as a string; a short ASCII one that was seen lately is the same string again. */
export function textOf(bytes: Buffer, start: number, end: number): string {
  let hash = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte >= 0x80) return bytes.toString('utf8', start, end);
    hash = hashByte(hash, byte);
  }
  return cachedText(bytes, start, end, hash);
}
