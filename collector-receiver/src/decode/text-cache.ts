/** Places of the cache, a power of two. A text takes the place of the one that was there. */
const PLACES = 16_384;
/** Longest text that is looked up, in bytes: keys, words and most ids are shorter, UUIDs, which never repeat, longer. */
const MAX_LENGTH = 35;
/** Bytes that the hash looks at: texts that differ mostly do at their end. */
const HASHED_BYTES = 8;

const places: string[] = Array.from({ length: PLACES }, () => '');

/**
 * ASCII bytes as a string; a short one that was seen lately is the same string again. Attribute keys and words repeat in
 * each record: to compare their bytes takes a third of the time of making the string and of finding it as a key anew.
 *
 * @returns undefined when the bytes are not a text that was seen lately: they may not be ASCII then
 */
export function knownText(
  bytes: Uint8Array,
  start: number,
  end: number,
): string | undefined {
  const known = places[placeOf(bytes, start, end)]!;
  return isSame(known, bytes, start, end) ? known : undefined;
}

/** Makes a string of ASCII bytes, for `knownText` to know it. */
export function rememberText(
  bytes: Buffer,
  start: number,
  end: number,
): string {
  const text = bytes.toString('latin1', start, end);
  if (text.length <= MAX_LENGTH) places[placeOf(bytes, start, end)] = text;
  return text;
}

function placeOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = end - start;
  for (let at = Math.max(start, end - HASHED_BYTES); at < end; at++)
    hash = (Math.imul(hash, 31) + bytes[at]!) | 0;
  return (hash ^ (hash >>> 15)) & (PLACES - 1);
}

function isSame(
  text: string,
  bytes: Uint8Array,
  start: number,
  end: number,
): boolean {
  if (text.length !== end - start) return false;
  for (let i = 0; i < text.length; i++)
    if (text.charCodeAt(i) !== bytes[start + i]) return false;
  return true;
}
