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
const MAX_SAMPLED = 50_000;
const SAMPLING_MS = 2_000;

/**
 * How many of the events that a search finds have which value of each of some fields. One look at the hourly counts answers
 * for all fields that these tell; the events are read for each of the others.
 *
 * Give it a connection in a read-only transaction.
 *
 * @throws what the database throws
 * @example
 * const { status } = await countValues(client, search, ['status'], { limit: 10 });
 */
export async function countValues<Name extends FieldName>(
  db: Queryable,
  search: EventSearch,
  fields: readonly Name[],
  options: ValueOptions,
): Promise<Record<Name, Facet>> {
  const isCountable = isCounted(search);
  const counted = isCountable ? fields.filter(isCountedField) : [];
  const others = fields.filter((field) => !counted.includes(field));
  return {
    ...(await facetsOfCounts(db, search, counted, options)),
    ...(await facetsOfEvents(db, search, others, options)),
  } as Record<Name, Facet>;
}

type Facets = Partial<Record<FieldName, Facet>>;

async function facetsOfCounts(
  db: Queryable,
  search: EventSearch,
  fields: readonly FieldName[],
  options: ValueOptions,
): Promise<Facets> {
  const { values, bind } = parameters();
  if (fields.length === 0) return {};
  const columns = fields.join(', ');
  const where = searchSql(search, bind);
  // Times first: what is left without them is little, whatever is asked of it.
  const groups = `select ${columns}, sum(events) as events
    from ${countedSource({ ...search, where, bind })}
    group by ${columns}
    having sum(events) > 0`;
  const { rows } = await db.query(
    topValuesSql(fields, groups, options, bind),
    values,
  );
  return facetsOf(fields, rows as TopRow[], () => 'all');
}

async function facetsOfEvents(
  db: Queryable,
  search: EventSearch,
  fields: readonly FieldName[],
  options: ValueOptions,
): Promise<Facets> {
  const { values, bind } = parameters();
  if (fields.length === 0) return {};
  // No more than these, which an index may have.
  const columns = fields.map((field) => `${valueSql(field)} as ${field}`);
  const newest = `select ${fields.join(', ')}, count(*) as events
    from (
      select ${columns.join(', ')} from audit.event
      where ${timeSql(search, bind)} and ${searchSql(search, bind)}
      order by event_time desc, id desc
      limit ${bind(MAX_SAMPLED + 1)}::bigint
    ) as newest
    group by ${fields.join(', ')}`;
  const sql = topValuesSql(fields, newest, options, bind);
  const outcome = await withinTime(db, SAMPLING_MS, () =>
    db.query(sql, values),
  );
  if (outcome.status === 'too-slow')
    return facetsOf(fields, [], () => 'too-slow');
  return facetsOf(fields, outcome.result.rows as TopRow[], (read) =>
    read > MAX_SAMPLED ? 'sampled' : 'all',
  );
}

interface TopRow extends ValueCount {
  field: FieldName;
  total: number;
  /** In all groups, whatever they contain. */
  read: number;
  distinct: number;
}

/**
 * The most frequent values of each field, with what they are part of.
 *
 * @param groups SQL that selects the fields and `events`
 */
function topValuesSql(
  fields: readonly FieldName[],
  groups: string,
  { limit, contains }: ValueOptions,
  bind: Bind,
): string {
  const atMost = `${bind(limit)}::bigint`;
  const matches =
    contains === undefined
      ? 'true'
      : `strpos(lower(value), lower(${bind(contains)}::text)) > 0`;
  const topOf = (field: FieldName) => `select * from (
    with counted as materialized (
      select ${field} as value, sum(events)::double precision as count from groups group by ${field}
    )
    select '${field}' as field, value, count, sum(count) over () as total, count(*) over ()::integer as distinct,
      (select sum(count) from counted) as read
    from counted
    where ${matches}
    order by count desc, value
    limit ${atMost}
  ) as top`;
  return `with groups as materialized (${groups}) ${fields.map(topOf).join(' union all ')}`;
}

/** @param coverageOf of how many events there are in the groups */
function facetsOf(
  fields: readonly FieldName[],
  rows: TopRow[],
  coverageOf: (read: number) => Facet['coverage'],
): Facets {
  const byField = Map.groupBy(rows, ({ field }) => field);
  return Object.fromEntries(
    fields.map((field) => {
      const top = byField.get(field) ?? [];
      const listed = top.reduce((sum, { count }) => sum + count, 0);
      const [first] = top;
      const facet: Facet = {
        values: top.map(({ value, count }) => ({ value, count })),
        other_count: (first?.total ?? 0) - listed,
        distinct_count: first?.distinct ?? 0,
        coverage: coverageOf(first?.read ?? 0),
      };
      return [field, facet];
    }),
  );
}

/** A value as the API shows it, over a row of `audit.event`. */
export function valueSql(field: FieldName): string {
  const { kind, sql } = searchField(field);
  if (kind === 'hex') return `encode(${sql}, 'hex')`;
  if (kind === 'flags') return `array_to_string(${sql}, ',')`;
  return `${sql}::text`;
}
