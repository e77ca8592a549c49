import type { Queryable } from '../queryable';
import { withinTime } from './within-time';

/** First and last millisecond since 1970, both inclusive. */
export interface TimeRange {
  startMs: number;
  endMs: number;
}

export interface InSlices<Result> {
  /** What was read of each slice, the newest first. */
  results: Result[];
  /** Milliseconds since 1970 from which on all was read; behind the range when nothing was. */
  fromMs: number;
}

/** The newest slice of time, and the shortest; it has at least so long, however little time there is. */
const FIRST_SLICE_MS = 300_000;
const FIRST_MS = 200;
/** In less nothing can be read. */
const LEAST_MS = 5;
/** Slices of an hour and more begin with one, so that the hourly counts tell how many events are in them. */
const HOUR_MS = 3_600_000;
/** The next slice should take this share of the time that is left, and be at most so many times as long. */
const NEXT_SHARE = 0.4;
const MAX_GROWTH = 8;
/** One that takes a larger share is tried again shorter: by how much busier it is than the one before, there is no telling. */
const MOST_SHARE = 0.6;
const MAX_SHRINKAGE = 32;

/**
 * Reads a range in slices of time, from the newest on, for so long as there is time.
 *
 * @param db in a read-only transaction
 * @param budgetMs how long
 * @throws what `read` throws, but that its time is over
 * @example
 * const { results, fromMs } = await inSlices(db, range, 500, (slice) => countIn(db, slice));
 */
export async function inSlices<Result>(
  db: Queryable,
  { startMs, endMs }: TimeRange,
  budgetMs: number,
  read: (slice: TimeRange) => Promise<Result>,
): Promise<InSlices<Result>> {
  const deadline = performance.now() + budgetMs;
  const results: Result[] = [];
  let fromMs = endMs + 1;
  let length = FIRST_SLICE_MS;
  let leastMs = FIRST_MS;
  while (fromMs > startMs) {
    const began = performance.now();
    const left = Math.max((deadline - began) * MOST_SHARE, leastMs);
    leastMs = 0;
    if (left <= LEAST_MS) break;
    const start = fromMs - length;
    const isLong = length >= HOUR_MS;
    const slice = {
      startMs: Math.max(startMs, isLong ? start - (start % HOUR_MS) : start),
      endMs: fromMs - 1,
    };
    const outcome = await withinTime(db, left, () => read(slice));
    if (outcome.status === 'too-slow') {
      if (length <= FIRST_SLICE_MS) break;
      length = Math.max(FIRST_SLICE_MS, length / MAX_SHRINKAGE);
      continue;
    }
    results.push(outcome.result);
    fromMs = slice.startMs;
    const took = performance.now() - began;
    const growth = ((deadline - performance.now()) * NEXT_SHARE) / took;
    length = Math.ceil(
      Math.max(
        isLong ? HOUR_MS : FIRST_SLICE_MS,
        length * Math.min(MAX_GROWTH, growth),
      ),
    );
  }
  return { results, fromMs };
}
