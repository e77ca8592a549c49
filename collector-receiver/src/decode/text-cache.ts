/** Places of the cache, a power of two. A text takes the place of the one that was there. */
const PLACES = 4096;
/** Longest text that is looked up, in bytes: keys and words are shorter, UUIDs, which never repeat, longer. */
const MAX_LENGTH = 32;

const places: string[] = Array.from({ length: PLACES }, () => '');

/**
 * ASCII bytes as a string; a short one that was seen lately is the same string again. Attribute keys and words repeat in
 * each record: to compare their bytes takes a third of the time of making the string and of finding it as a key anew.
 *
 * @param hash of the bytes, as `hashByte` makes it
 */
export function cachedText(
  bytes: Buffer,
  start: number,
  end: number,
  hash: number,
): string {
  if (end - start > MAX_LENGTH) return bytes.toString('latin1', start, end);
  const place = hash & (PLACES - 1);
  const known = places[place]!;
  if (isSame(known, bytes, start, end)) return known;
  return (places[place] = bytes.toString('latin1', start, end));
}

/** The hash of the bytes so far and one more. */
export function hashByte(hash: number, byte: number): number {
  return (Math.imul(hash, 31) + byte) | 0;
}

function isSame(
  text: string,
  bytes: Buffer,
  start: number,
  end: number,
): boolean {
  if (text.length !== end - start) return false;
  for (let i = 0; i < text.length; i++)
    if (text.charCodeAt(i) !== bytes[start + i]) return false;
  return true;
}
