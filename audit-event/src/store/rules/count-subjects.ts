import type { RuleKey } from '../../exclude/rule';
import { countedSource } from '../counts/counted-source';
import type { Queryable } from '../queryable';
import { parameters, timeSql } from '../search/search-sql';
import { COLUMN_OF, groupOf, isCountedKey, toldApart } from './rule-columns';
import type { SubjectGroup } from './rule-columns';

/** First and last millisecond since 1970, both inclusive. */
export interface SubjectRange {
  startMs: number;
  endMs: number;
}

/** Which events are read: those of these ids, all where none are given, of which each key given begins in one of the ways. */
export interface Narrowing {
  eventIds: readonly string[] | undefined;
  prefixes: Partial<Record<RuleKey, readonly string[]>>;
}

/**
 * How many events there are of each kind that rules can tell apart by these keys, all of them counted ones: the hourly counts
 * know it.
 *
 * @example
 * const groups = await countSubjects(db, ['eventId'], { startMs, endMs });
 */
export async function countSubjects(
  db: Queryable,
  keys: readonly RuleKey[],
  range: SubjectRange,
): Promise<SubjectGroup[]> {
  const { values, bind } = parameters();
  const columns = toldApart(keys.filter(isCountedKey));
  const { rows } = await db.query(
    `select ${columns.map(asKey).join(', ')}, sum(events)::double precision as count
     from ${countedSource({ ...range, where: 'true', bind })}
     group by ${columns.map((key) => COLUMN_OF[key]).join(', ')}
     having sum(events) > 0`,
    values,
  );
  return rows.map(groupOf);
}

/** How many events there are, of any kind. */
export async function countSubjectsIn(
  db: Queryable,
  range: SubjectRange,
): Promise<number> {
  const { values, bind } = parameters();
  const { rows } = await db.query(
    `select coalesce(sum(events), 0)::double precision as count
     from ${countedSource({ ...range, where: 'true', bind })}`,
    values,
  );
  return rows[0].count as number;
}

/** As `countSubjects`, by any keys, of events that are read one by one. */
export async function readSubjects(
  db: Queryable,
  keys: readonly RuleKey[],
  range: SubjectRange,
  { eventIds, prefixes }: Narrowing,
): Promise<SubjectGroup[]> {
  const { values, bind } = parameters();
  const columns = toldApart(keys);
  const begins = Object.entries(prefixes).map(
    ([key, ways]) =>
      `(${ways.map((way) => `starts_with(${COLUMN_OF[key as RuleKey]}, ${bind(way)}::text)`).join(' or ')})`,
  );
  const where = [
    timeSql(range, bind),
    eventIds && `event_id = any (${bind(eventIds)}::text[])`,
    ...begins,
  ]
    .filter(Boolean)
    .join(' and ');
  const { rows } = await db.query(
    `select ${columns.map(asKey).join(', ')}, count(*)::double precision as count
     from audit.event
     where ${where}
     group by ${columns.map((key) => COLUMN_OF[key]).join(', ')}`,
    values,
  );
  return rows.map(groupOf);
}

const asKey = (key: RuleKey) => `${COLUMN_OF[key]} as "${key}"`;
