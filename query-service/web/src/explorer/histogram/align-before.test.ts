import { alignBefore } from './align-before';

const HOUR = 3_600_000;
const buckets = (...hours: [number, number][]) =>
  hours.map(([hour, total]) => ({
    start: new Date(hour * HOUR).toISOString(),
    total,
    counts: {},
  }));
const now = buckets([10, 1], [11, 1], [12, 1]);

it.each([
  ['of as many buckets', buckets([7, 5], [8, 6], [9, 7]), 3 * HOUR],
  [
    'of one more, where the range begins at a round time',
    buckets([6, 4], [7, 5], [8, 6], [9, 7]),
    3 * HOUR + 1,
  ],
  ['of one less', buckets([7, 5], [8, 6]), 3 * HOUR],
])('lays the range before over the range: one %s', (_name, before, shiftMs) => {
  const totals = alignBefore(now, before, shiftMs, HOUR);
  expect(totals.slice(0, 2)).toEqual([5, 6]);
  expect(totals[2]).toBe(before.length === 2 ? 0 : 7);
});
