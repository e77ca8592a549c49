const STEPS: Readonly<Record<string, number>> = {
  j: 1,
  ArrowDown: 1,
  k: -1,
  ArrowUp: -1,
  PageDown: 10,
  PageUp: -10,
  Home: -Infinity,
  End: Infinity,
};

/** By how many rows a key moves; undefined for one that does not. */
export function stepOf(key: string): number | undefined {
  return STEPS[key];
}
