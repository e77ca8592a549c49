import { intervalMs } from './interval-ms';
import { OTHER, stackSeries } from './stack-series';

const bucket = (
  start: string,
  counts: Record<string, number>,
  total: number,
) => ({
  start: `2026-01-15T${start}:00.000Z`,
  total,
  counts,
});

it('puts series on top of each other, and what is neither above them', () => {
  const stacked = stackSeries({
    interval: '1h',
    by: 'status',
    values: ['initiated', 'succeeded', 'failed'],
    total: 9,
    buckets: [
      bucket('10:00', { succeeded: 2, failed: 1 }, 3),
      bucket('11:00', {}, 0),
      bucket('12:00', { succeeded: 4 }, 6),
    ],
  });
  expect(stacked.names).toEqual(['succeeded', 'failed', OTHER]);
  expect(stacked.tops).toEqual([
    [2, 0, 4],
    [3, 0, 4],
    [3, 0, 6],
  ]);
  expect(stacked.times[1]! - stacked.times[0]!).toBe(3_600);
});

it.each([
  ['10s', 10_000],
  ['15m', 900_000],
  ['3h', 10_800_000],
  ['7d', 604_800_000],
])('%s is %d ms', (interval, ms) => {
  expect(intervalMs(interval)).toBe(ms);
});
