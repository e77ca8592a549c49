import type { Histogram } from '../../api/types';

/** What a chart draws: times in seconds since 1970, and for each series the height of its top at each time. */
export interface Stacked {
  times: number[];
  /** From the bottom upwards, as they are called. */
  names: string[];
  tops: number[][];
}

/** What has none of the values that are told apart. */
export const OTHER = 'other';

/** Series on top of each other; those without any event are left out. */
export function stackSeries({ buckets, values }: Histogram): Stacked {
  const times = buckets.map(({ start }) => Date.parse(start) / 1_000);
  const heights = values.map((value) =>
    buckets.map(({ counts }) => counts[value] ?? 0),
  );
  heights.push(
    buckets.map(({ total, counts }) =>
      values.reduce((rest, value) => rest - (counts[value] ?? 0), total),
    ),
  );
  const used = [...values, OTHER]
    .map((name, index) => ({ name, height: heights[index]! }))
    .filter(({ height }) => height.some((one) => one > 0));
  const tops: number[][] = [];
  for (const { height } of used) {
    const below = tops.at(-1);
    tops.push(height.map((one, index) => one + (below?.[index] ?? 0)));
  }
  return { times, names: used.map(({ name }) => name), tops };
}
