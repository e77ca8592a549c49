import { countedSource } from '../counts/counted-source';
import type { Queryable } from '../queryable';
import { isCounted, isCountedField } from './event-search';
import type { EventSearch } from './event-search';
import { searchField } from './search-fields';
import type { FieldName } from './search-fields';
import { parameters, searchSql, timeSql } from './search-sql';
import type { Bind } from './search-sql';
import { withinTime } from './within-time';

/** A value of a field, null for events without one, and how many events have it. */
export interface ValueCount {
  value: string | null;
  count: number;
}

export interface Facet {
  /** The most frequent values first. */
  values: ValueCount[];
  /** Events with other values than these. */
  other_count: number;
  /** How many values there are. */
  distinct_count: number;
  /**
   * Whether all events were counted that the search finds. `sampled`: only the newest of them. `too-slow`: none, because
   * finding them takes too long.
   */
  coverage: 'all' | 'sampled' | 'too-slow';
}

export interface ValueOptions {
  /** Values that are listed. */
  limit: number;
  /** Only values with this text in them, in capitals or not. */
  contains?: string | undefined;
}

/** Events that are read where the hourly counts cannot tell, and how long. */
const MAX_SAMPLED = 200_000;
const SAMPLING_MS = 2_000;

/**
 * How many of the events that a search finds have which value of a field.
 *
 * Give it a connection in a read-only transaction.
 *
 * @throws what the database throws
 * @example
 * const facet = await countValues(client, search, 'plugin_id', { limit: 10 });
 */
export async function countValues(
  db: Queryable,
  search: EventSearch,
  field: FieldName,
  options: ValueOptions,
): Promise<Facet> {
  const { values, bind } = parameters();
  const where = searchSql(search, bind);
  if (isCounted(search) && isCountedField(field)) {
    const source = countedSource({ ...search, where, bind });
    const sql = `select ${searchField(field).sql} as value, events from ${source}`;
    return facetOf(await topValues(db, sql, options, bind, values), 'all');
  }
  const sampled = `select ${valueSql(field)} as value, 1::bigint as events
    from (
      select * from audit.event
      where ${timeSql(search, bind)} and ${where}
      order by event_time desc, id desc
      limit ${bind(MAX_SAMPLED + 1)}::bigint
    ) as event`;
  const outcome = await withinTime(db, SAMPLING_MS, () =>
    topValues(db, sampled, options, bind, values),
  );
  if (outcome.status === 'too-slow')
    return {
      values: [],
      other_count: 0,
      distinct_count: 0,
      coverage: 'too-slow',
    };
  const { sampled: read = 0 } = outcome.result[0] ?? {};
  return facetOf(outcome.result, read > MAX_SAMPLED ? 'sampled' : 'all');
}

interface TopRow extends ValueCount {
  total: number;
  sampled: number;
  distinct: number;
}

/** @param source SQL that selects `value` and `events` */
async function topValues(
  db: Queryable,
  source: string,
  { limit, contains }: ValueOptions,
  bind: Bind,
  values: unknown[],
): Promise<TopRow[]> {
  const matches =
    contains === undefined
      ? 'true'
      : `strpos(lower(value), lower(${bind(contains)}::text)) > 0`;
  const { rows } = await db.query(
    `with counted as materialized (
       select value, sum(events)::double precision as count from (${source}) as source group by value
     )
     select value, count, sum(count) over () as total, count(*) over ()::integer as distinct,
       (select sum(count) from counted) as sampled
     from counted
     where ${matches}
     order by count desc, value
     limit ${bind(limit)}::bigint`,
    values,
  );
  return rows as TopRow[];
}

function facetOf(rows: TopRow[], coverage: Facet['coverage']): Facet {
  const listed = rows.reduce((sum, { count }) => sum + count, 0);
  return {
    values: rows.map(({ value, count }) => ({ value, count })),
    other_count: (rows[0]?.total ?? 0) - listed,
    distinct_count: rows[0]?.distinct ?? 0,
    coverage,
  };
}

/** A value as the API shows it, over a row of `audit.event`. */
export function valueSql(field: FieldName): string {
  const { kind, sql } = searchField(field);
  if (kind === 'hex') return `encode(${sql}, 'hex')`;
  if (kind === 'flags') return `array_to_string(${sql}, ',')`;
  return `${sql}::text`;
}
