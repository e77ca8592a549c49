import type { RuleKey, RuleSubject } from '../../exclude/rule';
import { EVENT_COLUMNS_V1 } from '../list-events-v1';
import type { EventRowV1 } from '../list-events-v1';
import type { Queryable } from '../queryable';
import { parameters, timeSql } from '../search/search-sql';
import { withinTime } from '../search/within-time';
import type { SubjectRange } from './count-subjects';
import { COLUMN_OF, toldApart } from './rule-columns';

/**
 * The newest events of some kinds, as v1 shows them; none when that takes too long.
 *
 * @param keys by which the kinds are told apart
 * @param ms how long it may take
 */
export async function newestOf(
  db: Queryable,
  subjects: readonly RuleSubject[],
  keys: readonly RuleKey[],
  range: SubjectRange,
  { limit, ms }: { limit: number; ms: number },
): Promise<EventRowV1[]> {
  if (subjects.length === 0) return [];
  const { values, bind } = parameters();
  const atMost = `${bind(limit)}::integer`;
  const ofOne = (subject: RuleSubject) => {
    const same = toldApart(keys).map((key) =>
      subject[key] === undefined
        ? `${COLUMN_OF[key]} is null`
        : `${COLUMN_OF[key]} = ${bind(subject[key])}::text`,
    );
    // Places alone, which an index may tell: of all these events only the newest are read.
    return `(
      select event_time, id from audit.event
      where ${[timeSql(range, bind), ...same].join(' and ')}
      order by event_time desc, id desc
      limit ${atMost}
    )`;
  };
  const found = await withinTime(db, ms, () =>
    db.query(
      `select ${EVENT_COLUMNS_V1}
       from audit.event as page
       where ${timeSql(range, bind)} and (event_time, id) in (
         select event_time, id
         from (${subjects.map(ofOne).join(' union all ')}) as newest
         order by event_time desc, id desc
         limit ${atMost}
       )
       order by page.event_time desc, page.id desc`,
      values,
    ),
  );
  return found.status === 'done' ? (found.result.rows as EventRowV1[]) : [];
}
