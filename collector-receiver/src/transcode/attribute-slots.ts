import { attribute } from 'audit-event';

/** The attributes that have a column, numbered. */
export const slot = Object.fromEntries(
  Object.keys(attribute).map((name, number) => [name, number]),
) as Record<keyof typeof attribute, number>;

const KEYS = Object.values(attribute).map((key) => Buffer.from(key));
/** Slots by length and last byte of their key; a few share a place. */
const PLACES: number[][] = Array.from({ length: 1024 }, () => []);
KEYS.forEach((key, number) =>
  PLACES[placeOf(key.length, key.at(-1)!)]!.push(number),
);

/** By slot: the one that came after it last time. Senders keep their order, so one comparison mostly is enough. */
const FOLLOWERS = new Uint8Array(KEYS.length);
let last = 0;

/**
 * The number of the attribute whose key these bytes are, -1 for any other key.
 *
 * @example
 * slotOf(Buffer.from('user.id'), 0, 7) === slot.userId; // true
 */
export function slotOf(bytes: Uint8Array, start: number, end: number): number {
  const guess = FOLLOWERS[last]!;
  if (isSame(KEYS[guess]!, bytes, start, end)) return (last = guess);
  const found = search(bytes, start, end);
  if (found >= 0) last = FOLLOWERS[last] = found;
  return found;
}

function search(bytes: Uint8Array, start: number, end: number): number {
  const candidates = PLACES[placeOf(end - start, bytes[end - 1]!)]!;
  for (const number of candidates)
    if (isSame(KEYS[number]!, bytes, start, end)) return number;
  return -1;
}

function placeOf(length: number, lastByte: number): number {
  return ((length << 5) ^ lastByte) & 1023;
}

/** Whether a word stands between two offsets of some bytes. */
export function isSame(
  word: Uint8Array,
  bytes: Uint8Array,
  start: number,
  end: number,
): boolean {
  if (word.length !== end - start) return false;
  for (let i = 0; i < word.length; i++)
    if (word[i] !== bytes[start + i]) return false;
  return true;
}
