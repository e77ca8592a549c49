import * as fc from 'fast-check';
import { createByteBudget } from './byte-budget';

describe('createByteBudget', () => {
  it('refuses past the limit, but for one share at a time', () => {
    const budget = createByteBudget(100);
    const [first, large, third] = [
      budget.share(),
      budget.share(),
      budget.share(),
    ];
    expect(first.take(60)).toBe(true);
    expect(large.take(30)).toBe(true);
    expect(large.take(500)).toBe(true);
    expect(budget.used()).toBe(590);
    // What the large one held is free for the others.
    expect(third.take(40)).toBe(true);
    expect(third.hasRoomFor(1)).toBe(false);
    expect(third.take(1)).toBe(false);
    expect(large.take(1)).toBe(true);
    large.release();
    expect(third.take(1)).toBe(true);
    expect(budget.used()).toBe(101);
  });

  it('is whole again after any use, and never holds more than the limit but for one share', () => {
    const step = fc.tuple(
      fc.nat(4),
      fc.constantFrom('take', 'giveBack', 'release'),
      fc.nat(150),
    );
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const budget = createByteBudget(100);
        const shares = Array.from({ length: 5 }, () => budget.share());
        const held = shares.map(() => 0);
        for (const [index, action, bytes] of steps) {
          const share = shares[index]!;
          const given = Math.min(bytes, held[index]!);
          if (action === 'take') held[index]! += share.take(bytes) ? bytes : 0;
          else if (action === 'release') {
            share.release();
            held[index] = 0;
          } else {
            share.giveBack(given);
            held[index]! -= given;
          }
          const sum = held.reduce((a, b) => a + b);
          expect(budget.used()).toBe(sum);
          expect(sum - Math.max(...held)).toBeLessThanOrEqual(100);
        }
        for (const share of shares) share.release();
        expect(budget.used()).toBe(0);
        expect(shares[0]!.take(100)).toBe(true);
        expect(shares[1]!.take(150)).toBe(true);
        expect(shares[2]!.take(1)).toBe(false);
      }),
    );
  });
});
