import type { Sample } from '../timeline';

/** A rate over a stretch of time. */
export interface Rate {
  /** The middle of the stretch. */
  atMs: number;
  perSecond: number;
}

/** How fast a count grew, at no more than so many places; samples that do not know it are passed over. */
export function ratesOf(
  samples: readonly Sample[],
  countOf: (sample: Sample) => number | undefined,
  places: number,
): Rate[] {
  const known = samples.flatMap((sample) => {
    const count = countOf(sample);
    return count === undefined ? [] : [{ atMs: sample.atMs, count }];
  });
  const step = Math.max(1, Math.ceil(known.length / places));
  const rates: Rate[] = [];
  for (let i = step; i < known.length; i += step) {
    const [from, to] = [known[i - step]!, known[i]!];
    const seconds = (to.atMs - from.atMs) / 1_000;
    rates.push({
      atMs: (from.atMs + to.atMs) / 2,
      perSecond: (to.count - from.count) / seconds,
    });
  }
  return rates;
}
