import { readSubjects, withinTime } from 'audit-event/store';
import type {
  Narrowing,
  Queryable,
  SubjectGroup,
  SubjectRange,
} from 'audit-event/store';
import type { RuleKey } from 'audit-event/exclude';

/** The newest slice of time, and the shortest; it has at least so long, however little time there is. */
const FIRST_SLICE_MS = 300_000;
const FIRST_MS = 200;
/** The next slice should take this share of the time that is left, and be at most so many times as long. */
const NEXT_SHARE = 0.5;
const MAX_GROWTH = 8;

export interface ReadSlices {
  /** A kind of event may be in several slices, those of the newest first. */
  groups: SubjectGroup[];
  /** Milliseconds since 1970 from which on all events were read; behind the range when none were. */
  fromMs: number;
}

/**
 * Reads events in slices of time, from the newest on, for so long as there is time.
 *
 * @param budgetMs how long
 */
export async function readInSlices(
  db: Queryable,
  keys: readonly RuleKey[],
  { startMs, endMs }: SubjectRange,
  narrowing: Narrowing,
  budgetMs: number,
): Promise<ReadSlices> {
  const deadline = performance.now() + budgetMs;
  const groups: SubjectGroup[] = [];
  let fromMs = endMs + 1;
  let length = FIRST_SLICE_MS;
  let leastMs = FIRST_MS;
  while (fromMs > startMs) {
    const began = performance.now();
    const left = Math.max(deadline - began, leastMs);
    leastMs = 0;
    if (left <= 0) break;
    const slice = {
      startMs: Math.max(startMs, fromMs - length),
      endMs: fromMs - 1,
    };
    const read = await withinTime(db, left, () =>
      readSubjects(db, keys, slice, narrowing),
    );
    if (read.status === 'too-slow') break;
    for (const group of read.result) groups.push(group);
    fromMs = slice.startMs;
    const took = performance.now() - began;
    const growth = ((deadline - performance.now()) * NEXT_SHARE) / took;
    length = Math.ceil(
      Math.max(FIRST_SLICE_MS, length * Math.min(MAX_GROWTH, growth)),
    );
  }
  return { groups, fromMs };
}
