import { countedSource } from '../counts/counted-source';
import type { Queryable } from '../queryable';
import { isCounted } from './event-search';
import type { EventSearch } from './event-search';
import { parameters, searchSql, timeSql } from './search-sql';
import { withinTime } from './within-time';

/** How many events a search finds: exactly so many, or at least. */
export interface Total {
  value: number;
  is_exact: boolean;
}

/** Events that are counted one by one. */
const MAX_COUNTED = 10_000;
const COUNTING_MS = 250;

/**
 * How many events a search finds. Exact when the hourly counts can tell; else events are counted up to ten thousand of them,
 * for a quarter of a second.
 *
 * @param atLeast so many are known to be there
 * @example
 * const { value, is_exact } = await countEvents(client, search, rows.length);
 */
export async function countEvents(
  db: Queryable,
  search: EventSearch,
  atLeast: number,
): Promise<Total> {
  const { values, bind } = parameters();
  if (isCounted(search)) {
    const where = searchSql(search, bind);
    const { rows } = await db.query(
      `select coalesce(sum(events), 0)::text as total from ${countedSource({ ...search, where, bind })}`,
      values,
    );
    return { value: Number(rows[0].total), is_exact: true };
  }
  const counted = await withinTime(db, COUNTING_MS, () =>
    db.query(
      `select count(*)::integer as total
       from (
         select from audit.event
         where ${timeSql(search, bind)} and ${searchSql(search, bind)}
         limit ${bind(MAX_COUNTED + 1)}::bigint
       ) as found`,
      values,
    ),
  );
  if (counted.status === 'too-slow') return { value: atLeast, is_exact: false };
  const total = counted.result.rows[0].total as number;
  return total > MAX_COUNTED
    ? { value: MAX_COUNTED, is_exact: false }
    : { value: total, is_exact: true };
}
