import { severityLevels } from 'audit-event';
import fc from 'fast-check';
import { createGapKeeper, mergeRanges } from './gap';
import type { Range } from './gap';
import { GAP_MAX_RANGES } from './limits';

const sequencesOf = (ranges: readonly Range[]) =>
  ranges.flatMap(([from, to]) =>
    Array.from({ length: to - from + 1 }, (_, i) => from + i),
  );

describe('a gap', () => {
  it('names exactly what was lost, in whatever order, told or put back', () => {
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.nat(60) },
      fc.constantFrom('take' as const, 'fail' as const),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const gaps = createGapKeeper();
        const lost = new Set<number>();
        const told: number[] = [];
        let count = 0;
        for (const todo of steps) {
          if (typeof todo === 'number') {
            if (lost.has(todo)) continue;
            lost.add(todo);
            gaps.note(todo, severityLevels[todo % 4]!, `reason ${todo % 3}`);
            continue;
          }
          const gap = gaps.take();
          if (gap && todo === 'fail') gaps.putBack(gap);
          if (!gap || todo === 'fail') continue;
          told.push(...sequencesOf(gap.ranges));
          for (const level of severityLevels) count += gap.dropped[level];
          expect(new Set(gap.reasons).size).toBe(gap.reasons.length);
          expect(gap.isCoarse).toBe(false);
        }
        const last = gaps.take();
        told.push(...sequencesOf(last?.ranges ?? []));
        for (const level of severityLevels) count += last?.dropped[level] ?? 0;
        expect(told.sort((a, b) => a - b)).toEqual(
          [...lost].sort((a, b) => a - b),
        );
        expect(count).toBe(lost.size);
        expect(gaps.take()).toBeUndefined();
      }),
    );
  });

  it('has a bound, and says when its ranges span more than was lost', () => {
    const gaps = createGapKeeper();
    const lost = Array.from(
      { length: 10_000 },
      (_, i) => i * 2 + (i % 7 ? 0 : 1),
    );
    for (const sequence of lost) gaps.note(sequence, 'low', 'full');
    const gap = gaps.take()!;
    expect(gap.ranges.length).toBeLessThanOrEqual(GAP_MAX_RANGES);
    expect(gap.isCoarse).toBe(true);
    expect(gap.dropped.low).toBe(10_000);
    const told = new Set(sequencesOf(gap.ranges));
    expect(lost.filter((sequence) => !told.has(sequence))).toEqual([]);
  });

  it('merges the nearest ranges where there are too many, as a naive count does', () => {
    const someRanges = fc.array(
      fc
        .tuple(fc.nat(100), fc.nat(4))
        .map(([from, more]): Range => [from, from + more]),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(
        someRanges,
        fc.integer({ min: 1, max: 20 }),
        (ranges, max) => {
          const lost = [...new Set(sequencesOf(ranges))].sort((a, b) => a - b);
          // The holes between what was lost, the least first, are filled until few enough are left.
          const holes = lost
            .slice(1)
            .map((to, i) => to - lost[i]! - 1)
            .filter((hole) => hole > 0);
          const kept = [...holes].sort((a, b) => b - a).slice(0, max - 1);
          const merged = mergeRanges(ranges, max);
          const told = sequencesOf(merged.ranges);
          expect(new Set(told).size).toBe(told.length);
          expect(lost.every((sequence) => told.includes(sequence))).toBe(true);
          expect(merged.ranges.length).toBeLessThanOrEqual(max);
          expect(merged.isCoarse).toBe(holes.length + 1 > max);
          const left = merged.ranges
            .slice(1)
            .map(([from], i) => from - merged.ranges[i]![1] - 1);
          // No hole that is kept is less than one that was filled.
          expect(Math.min(...left, Infinity)).toBeGreaterThanOrEqual(
            kept.at(-1) ?? 0,
          );
          if (!merged.isCoarse) expect(told).toEqual(lost);
        },
      ),
    );
  });
});
