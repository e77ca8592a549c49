/** How far the two clocks may part before the wall clock counts again, such as after it was set. */
const MAX_DRIFT_NS = 2_000_000n;

/** The clocks of a machine: the wall clock in milliseconds, and one that only counts nanoseconds. */
export interface Clocks {
  wallMs(): number;
  nanoseconds(): bigint;
}

const systemClocks: Clocks = {
  wallMs: () => Date.now(),
  nanoseconds: () => process.hrtime.bigint(),
};

/**
 * The time of day in nanoseconds since 1970: the wall clock, with the digits after the millisecond from the clock that
 * counts nanoseconds.
 *
 * @example
 * const now = createClock();
 * now(); // 1768473000123456789n
 */
export function createClock(clocks: Clocks = systemClocks): () => bigint {
  let wallStart = 0n;
  let counterStart = 0n;
  return () => {
    const wall = BigInt(clocks.wallMs()) * 1_000_000n;
    const counter = clocks.nanoseconds();
    const now = wallStart + counter - counterStart;
    const drift = now - wall;
    if (drift >= 0n && drift <= MAX_DRIFT_NS) return now;
    wallStart = wall;
    counterStart = counter;
    return wall;
  };
}
