import { countedSource } from '../counts/counted-source';
import type { Queryable } from '../queryable';
import { valueSql } from './count-values';
import { isCounted, isCountedField } from './event-search';
import type { EventSearch } from './event-search';
import { searchField } from './search-fields';
import type { FieldName } from './search-fields';
import { parameters, searchSql, timeSql } from './search-sql';

/** Events of a piece of time; `value` is that of the field, null for none and for all that are not told apart. */
export interface BucketCount {
  /** Milliseconds since 1970 at which the piece begins. */
  startMs: number;
  value: string | null;
  count: number;
}

export interface BucketOptions {
  /** Length of a piece. Pieces begin at multiples of it since Monday, 5 January 1970, in UTC. */
  seconds: number;
  /** The field whose values are told apart, and which of them. */
  by?: { field: FieldName; values: readonly string[] } | undefined;
}

const HOUR_S = 3_600;
const NO_VALUE = 'null::text';
/** A Monday, so that weeks begin on one. */
export const BUCKET_ORIGIN_MS = 4 * 24 * HOUR_S * 1_000;

/**
 * How many events a search finds in each piece of its time range; pieces without any are left out. Pieces of whole hours are
 * added up from the hourly counts where those can tell.
 *
 * @throws what the database throws
 * @example
 * const buckets = await countBuckets(client, search, { seconds: 3_600, by: { field: 'status', values: statuses } });
 */
export async function countBuckets(
  db: Queryable,
  search: EventSearch,
  { seconds, by }: BucketOptions,
): Promise<BucketCount[]> {
  const { values, bind } = parameters();
  const where = searchSql(search, bind);
  const isFromCounts =
    seconds % HOUR_S === 0 &&
    isCounted(search) &&
    (by === undefined || isCountedField(by.field));
  const told = (value: string) =>
    `case when ${value} = any (${bind(by?.values)}::text[]) then ${value} end`;
  const source = isFromCounts
    ? hoursOf(
        countedSource({
          ...search,
          where,
          bind,
          withinHours: seconds / HOUR_S,
        }),
        by ? told(searchField(by.field).sql) : NO_VALUE,
      )
    : `(select event_time as at, 1::bigint as events, ${by ? told(valueSql(by.field)) : NO_VALUE} as value
        from audit.event
        where ${timeSql(search, bind)} and ${where}) as found`;
  // Numbers of few pieces rather than of many events.
  const { rows } = await db.query(
    `select extract(epoch from piece)::double precision * 1000 as "startMs", value, events::double precision as count
     from (
       select date_bin(
           ${bind(seconds)}::double precision * interval '1 second', at,
           timestamptz 'epoch' + ${bind(BUCKET_ORIGIN_MS)}::double precision * interval '1 millisecond'
         ) as piece,
         value, sum(events) as events
       from ${source}
       group by 1, 2
       having sum(events) > 0
     ) as counted`,
    values,
  );
  return rows as BucketCount[];
}

/** One row for each hour and value: half of the work is done before pieces and values are told apart. */
function hoursOf(source: string, value: string): string {
  return `(select at, ${value} as value, sum(events) as events from ${source} group by 1, 2) as hours`;
}
