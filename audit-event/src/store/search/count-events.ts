import { countedSource } from '../counts/counted-source';
import type { Queryable } from '../queryable';
import { isCounted } from './event-search';
import type { EventSearch } from './event-search';
import { parameters, searchSql, timeSql } from './search-sql';
import { wholeOrNewest } from './whole-or-newest';

/** How many events a search finds: exactly so many, or at least. */
export interface Total {
  value: number;
  is_exact: boolean;
}

/** All events are counted one by one for so long; then, from the newest on, as many as there is time for. */
const COUNTING = { wholeMs: 250, slicesMs: 500 };

/**
 * How many events a search finds. Exact when the hourly counts can tell, or the events can be counted one by one in the time
 * there is; else there are at least so many, all of them among the newest.
 *
 * Give it a connection in a read-only transaction.
 *
 * @throws what the database throws
 * @example
 * const { value, is_exact } = await countEvents(client, search);
 */
export async function countEvents(
  db: Queryable,
  search: EventSearch,
): Promise<Total> {
  if (isCounted(search))
    return { value: await sumOfCounts(db, search), is_exact: true };
  const { results, fromMs } = await wholeOrNewest(
    db,
    search,
    COUNTING,
    (part) => countOneByOne(db, { ...search, ...part }),
  );
  return {
    value: results.reduce((sum, count) => sum + count, 0),
    is_exact: fromMs <= search.startMs,
  };
}

async function sumOfCounts(
  db: Queryable,
  search: EventSearch,
): Promise<number> {
  const { values, bind } = parameters();
  const where = searchSql(search, bind);
  const { rows } = await db.query(
    `select coalesce(sum(events), 0)::double precision as total from ${countedSource({ ...search, where, bind })}`,
    values,
  );
  return rows[0].total as number;
}

async function countOneByOne(
  db: Queryable,
  search: EventSearch,
): Promise<number> {
  const { values, bind } = parameters();
  const { rows } = await db.query(
    `select count(*)::double precision as total from audit.event
     where ${timeSql(search, bind)} and ${searchSql(search, bind)}`,
    values,
  );
  return rows[0].total as number;
}
