import type { RuleKey, RuleSubject } from '../../exclude/rule';
import { EVENT_COLUMNS_V1 } from '../list-events-v1';
import type { EventRowV1 } from '../list-events-v1';
import type { Queryable } from '../queryable';

/** The columns of what rules look at. */
const COLUMN_OF: Record<RuleKey, string> = {
  actorId: 'actor_id',
  eventId: 'event_id',
  pluginId: 'plugin_id',
  severityLevel: 'severity_level',
  status: 'status',
  actionType: 'action_type',
  queryType: 'query_type',
  requestMethod: 'request_method',
  requestPath: 'request_url',
};

/** What decides whether an event is protected, so that it is always told apart. */
const ALWAYS: readonly RuleKey[] = ['pluginId', 'severityLevel', 'status'];

/** The place of an event among all. */
export interface EventPlace {
  /** UTC with microseconds, as text. */
  time: string;
  id: string;
}

/** Events that are all the same to the rules. */
export interface SubjectGroup {
  /** What rules look at; keys that were not asked for are left out, or the empty text where they cannot be. */
  subject: RuleSubject;
  count: number;
  /** Of the newest of them. */
  time: string;
}

export interface ScanRange {
  startMs: number;
  endMs: number;
  /** The last event of the page before. */
  before?: EventPlace | undefined;
  /** How many events make a page. */
  limit: number;
}

/** The events of one page, the newest first, in groups; `last` is the oldest of them, undefined when there was none. */
export interface ScannedPage {
  groups: SubjectGroup[];
  count: number;
  last: EventPlace | undefined;
}

const printed = (time: string) =>
  `to_char(${time} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/**
 * Walks through events from the newest on, a page at a time, for rules to be tried on them. What the rules cannot tell
 * apart is counted by the database, so that little of a page travels. Only what can be counted by hash: an example's id of
 * each group, for which the database sorts, made a dry run on 500,000 events take 5.5 s instead of 2.2.
 *
 * @param keys what the rules look at
 */
export async function scanEvents(
  db: Queryable,
  keys: readonly RuleKey[],
  { startMs, endMs, before, limit }: ScanRange,
): Promise<ScannedPage> {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const grouped = [...new Set([...ALWAYS, ...keys])];
  const columns = grouped.map((key) => COLUMN_OF[key]).join(', ');
  const where = [
    `event_time >= ${bind(new Date(startMs).toISOString())}::timestamptz`,
    `event_time <= ${bind(new Date(endMs).toISOString())}::timestamptz`,
    before &&
      `(event_time, id) < (${bind(before.time)}::timestamptz, ${bind(before.id)}::uuid)`,
  ]
    .filter(Boolean)
    .join(' and ');
  const { rows } = await db.query(
    `with page as materialized (
       select event_time, id, ${columns}
       from audit.event
       where ${where}
       order by event_time desc, id desc
       limit ${bind(limit)}::integer
     ),
     oldest as (select event_time, id from page order by event_time, id limit 1)
     select
       ${grouped.map((key) => `page.${COLUMN_OF[key]} as "${key}"`).join(', ')},
       count(*)::integer as count,
       ${printed('max(page.event_time)')} as time,
       (select ${printed('event_time')} from oldest) as last_time,
       (select id::text from oldest) as last_id
     from page
     group by ${grouped.map((key) => `page.${COLUMN_OF[key]}`).join(', ')}`,
    values,
  );
  const groups = rows.map((row) => ({
    subject: subjectOfRow(row),
    count: row.count as number,
    time: row.time as string,
  }));
  const [first] = rows;
  return {
    groups,
    count: groups.reduce((sum, { count }) => sum + count, 0),
    last: first && { time: first.last_time, id: first.last_id },
  };
}

// oxlint-disable-next-line typescript/no-explicit-any -- a row of pg
function subjectOfRow(row: any): RuleSubject {
  return {
    actorId: row.actorId ?? '',
    eventId: row.eventId ?? '',
    pluginId: row.pluginId,
    severityLevel: row.severityLevel,
    status: row.status,
    actionType: row.actionType ?? undefined,
    queryType: row.queryType ?? undefined,
    requestMethod: row.requestMethod ?? undefined,
    requestPath: row.requestPath ?? undefined,
  };
}

/** The events at these times, the newest first, as v1 shows them. */
export async function eventsAt(
  db: Queryable,
  times: readonly string[],
  limit: number,
): Promise<EventRowV1[]> {
  const { rows } = await db.query(
    `select ${EVENT_COLUMNS_V1}
     from audit.event as page
     where page.event_time = any ($1::timestamptz[])
     order by page.event_time desc, page.id desc
     limit $2::integer`,
    [times, limit],
  );
  return rows as EventRowV1[];
}
