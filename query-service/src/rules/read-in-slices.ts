import { inSlices, readSubjects } from 'audit-event/store';
import type {
  Narrowing,
  Queryable,
  SubjectGroup,
  SubjectRange,
} from 'audit-event/store';
import type { RuleKey } from 'audit-event/exclude';

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
  range: SubjectRange,
  narrowing: Narrowing,
  budgetMs: number,
): Promise<ReadSlices> {
  const { results, fromMs } = await inSlices(db, range, budgetMs, (slice) =>
    readSubjects(db, keys, slice, narrowing),
  );
  return { groups: results.flat(), fromMs };
}
