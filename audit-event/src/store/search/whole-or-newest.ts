import type { Queryable } from '../queryable';
import { withinTime } from './within-time';

/** First and last millisecond since 1970, both inclusive. */
export interface TimeRange {
  startMs: number;
  endMs: number;
}

/** What there was time to read of a range. */
export interface ReadParts<Result> {
  /** What was read of each part, the newest first. */
  results: Result[];
  /** Milliseconds since 1970 from which on all was read; behind the range when nothing was. */
  fromMs: number;
}

/** The newest slice of time, and the shortest; it has at least so long, however little time there is. */
const FIRST_SLICE_MS = 300_000;
const FIRST_MS = 200;
/** In less nothing can be read. */
const LEAST_MS = 5;
/** The next slice should take this share of the time that is left, and be at most so many times as long. */
const NEXT_SHARE = 0.4;
const MAX_GROWTH = 8;
/** One that takes a larger share is tried again shorter: by how much busier it is than the one before, there is no telling. */
const MOST_SHARE = 0.6;
const MAX_SHRINKAGE = 32;

/**
 * Reads a range as a whole, by one statement; when that takes too long, in slices of time, from the newest on, for so long as
 * there is time.
 *
 * @param db in a read-only transaction
 * @param limits milliseconds for the whole, 0 for not at all, and for slices of it
 * @throws what `read` throws, but that its time is over
 * @example
 * const { results, fromMs } = await wholeOrNewest(db, range, { wholeMs: 250, slicesMs: 500 }, (part) => countIn(db, part));
 */
export async function wholeOrNewest<Result>(
  db: Queryable,
  range: TimeRange,
  { wholeMs, slicesMs }: { wholeMs: number; slicesMs: number },
  read: (part: TimeRange) => Promise<Result>,
): Promise<ReadParts<Result>> {
  if (wholeMs > 0) {
    const whole = await withinTime(db, wholeMs, () => read(range));
    if (whole.status === 'done')
      return { results: [whole.result], fromMs: range.startMs };
  }
  return inSlices(db, range, slicesMs, read);
}

async function inSlices<Result>(
  db: Queryable,
  { startMs, endMs }: TimeRange,
  budgetMs: number,
  read: (slice: TimeRange) => Promise<Result>,
): Promise<ReadParts<Result>> {
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
    const slice = {
      startMs: Math.max(startMs, fromMs - length),
      endMs: fromMs - 1,
    };
    const outcome = await withinTime(db, left, () => read(slice));
    if (outcome.status === 'too-slow') {
      if (length <= FIRST_SLICE_MS) break;
      length = Math.ceil(Math.max(FIRST_SLICE_MS, length / MAX_SHRINKAGE));
      continue;
    }
    results.push(outcome.result);
    fromMs = slice.startMs;
    const took = performance.now() - began;
    const growth = ((deadline - performance.now()) * NEXT_SHARE) / took;
    length = Math.ceil(
      Math.max(FIRST_SLICE_MS, length * Math.min(MAX_GROWTH, growth)),
    );
  }
  return { results, fromMs };
}
