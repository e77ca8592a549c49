import type { Histogram } from '../../api/types';

/**
 * Totals of the range before, one for each bucket: of the bucket that lies as far from its range's beginning. Buckets
 * begin at round times, whatever the ranges do, so the two need not have as many.
 *
 * @param shiftMs from the beginning of the range before to that of the range
 */
export function alignBefore(
  buckets: Histogram['buckets'],
  before: Histogram['buckets'],
  shiftMs: number,
  bucketMs: number,
): number[] {
  return buckets.map(({ start }) => {
    const at = Date.parse(start) - shiftMs;
    // The nearest one: shifted times lie between the round ones.
    const found = before.find(
      (one) => Math.abs(Date.parse(one.start) - at) <= bucketMs / 2,
    );
    return found?.total ?? 0;
  });
}
