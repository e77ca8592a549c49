import { createClock } from './clock';

/** A clock over two clocks that are set by hand. */
function manualClock() {
  const hands = { wallMs: 0, nanoseconds: 0n };
  const clock = createClock({
    wallMs: () => hands.wallMs,
    nanoseconds: () => hands.nanoseconds,
  });
  return {
    at(wallMs: number, nanoseconds: bigint) {
      Object.assign(hands, { wallMs, nanoseconds });
      return clock();
    },
  };
}

describe('createClock', () => {
  it('takes the digits after the millisecond from the counter', () => {
    const clock = manualClock();
    expect(clock.at(1000, 50n)).toBe(1_000_000_000n);
    expect(clock.at(1000, 350n)).toBe(1_000_000_300n);
    expect(clock.at(1001, 1_000_150n)).toBe(1_001_000_100n);
  });

  it.each([
    ['forward', 5000],
    ['back', 500],
  ])('follows the wall clock when it is set %s', (_, wallMs) => {
    const clock = manualClock();
    clock.at(1000, 0n);
    expect(clock.at(wallMs, 100n)).toBe(BigInt(wallMs) * 1_000_000n);
    expect(clock.at(wallMs, 200n)).toBe(BigInt(wallMs) * 1_000_000n + 100n);
  });

  it('is never behind the wall clock', () => {
    const now = createClock();
    const before = BigInt(Date.now()) * 1_000_000n;
    expect(now()).toBeGreaterThanOrEqual(before);
  });
});
