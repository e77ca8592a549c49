import { createHash } from 'node:crypto';

/** Numbers from 0 to below 1, the same in every run. */
export type Random = () => number;

/**
 * A sequence of random numbers that its names determine (mulberry32).
 *
 * @example
 * seededRandom(7, 'kills')() === seededRandom(7, 'kills')(); // true
 */
export function seededRandom(...names: (string | number)[]): Random {
  let state = createHash('sha256')
    .update(JSON.stringify(names))
    .digest()
    .readInt32LE();
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A whole number from `min` to `max`. */
export function between(random: Random, min: number, max: number): number {
  return min + Math.floor(random() * (max - min + 1));
}

/** One of the items. */
export function oneOf<T>(random: Random, items: readonly T[]): T {
  return items[Math.floor(random() * items.length)]!;
}

/** The items in random order (Fisher-Yates). */
export function shuffled<T>(random: Random, items: readonly T[]): T[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last--) {
    const other = between(random, 0, last);
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}
