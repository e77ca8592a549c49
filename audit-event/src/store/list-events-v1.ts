import type { ActorType, SeverityLevel, Status } from '../audit-event';
import { conditionsV1, timeRangeV1 } from './conditions-v1';
import { countedSource } from './counts/counted-source';
import type { Queryable } from './queryable';
import { isToldByIndex } from './search/covering-indexes';
import type { FieldName } from './search/search-fields';
import { printedTime } from './time-text';

/** What events to list. Filters left out let everything through; those given must all hold. */
export interface EventFilterV1 {
  /** First millisecond, since 1970, inclusive. */
  startMs: number;
  /** Last millisecond, since 1970, inclusive. */
  endMs: number;
  pluginId?: string | undefined;
  eventId?: string | undefined;
  /** Any of these. */
  severityLevels?: readonly SeverityLevel[] | undefined;
  actorId?: string | undefined;
  actorType?: ActorType | undefined;
  status?: Exclude<Status, 'initiated'> | undefined;
  requestMethod?: string | undefined;
  /** The whole path, or its beginning when it ends in `*`. */
  requestUrl?: string | undefined;
  actionType?: string | undefined;
  queryType?: string | undefined;
  entityRef?: string | undefined;
}

/** Which rows of the list: `offset` counts rows, not pages. */
export interface PageV1 {
  limit: number;
  offset: number;
}

/** One event as v1 shows it: times in UTC to the millisecond, `meta` as JSON text so that no digit of it is lost. */
export interface EventRowV1 {
  id: string;
  event_time: string;
  recorded_at: string;
  plugin_id: string;
  event_id: string;
  severity_level: SeverityLevel;
  status: Status;
  actor_type: ActorType;
  actor_id: string;
  request_method: string | null;
  request_url: string | null;
  action_type: string | null;
  query_type: string | null;
  entity_ref: string | null;
  meta: string;
}

/** Cuts below the millisecond, as the bounds do: a time read from the API, used as a bound, finds its event. */
const timed = (column: string) =>
  `${printedTime(`page.${column}`)} as ${column}`;

/** The columns of `EventRowV1`, of rows of `audit.event` that are called `page`. */
export const EVENT_COLUMNS_V1 = `
      id::text,
      ${timed('event_time')},
      ${timed('recorded_at')},
      plugin_id, event_id, severity_level, status, actor_type, actor_id,
      request_method, request_url, action_type, query_type, entity_ref,
      meta::text`;

/** From so many rows to skip on it pays to skip them in an index. */
const FAR = 1_000;

/** The fields of the filters. */
const FIELD_OF = {
  pluginId: 'plugin_id',
  eventId: 'event_id',
  severityLevels: 'severity_level',
  actorId: 'actor_id',
  actorType: 'actor_type',
  status: 'status',
  requestMethod: 'request_method',
  requestUrl: 'request_url',
  actionType: 'action_type',
  queryType: 'query_type',
  entityRef: 'entity_ref',
} as const satisfies Partial<Record<keyof EventFilterV1, FieldName>>;

/**
 * One page of the finished operations (succeeded or failed), newest first, and how many there are in all.
 *
 * Give it a connection in a `repeatable read` transaction: page and total then speak of the same moment.
 *
 * @throws what the database throws, `57014` among it when the statement timeout is over
 * @example
 * const { rows, total } = await listEventsV1(client, { startMs, endMs, status: 'failed' }, { limit: 100, offset: 0 });
 */
export async function listEventsV1(
  db: Queryable,
  filter: EventFilterV1,
  page: PageV1,
): Promise<{ rows: EventRowV1[]; total: number }> {
  const rows = await findPage(db, filter, page);
  // A page with room left has shown the last event: nothing to count.
  const sawTheEnd = rows.length < page.limit;
  if (sawTheEnd && (rows.length > 0 || page.offset === 0))
    return { rows, total: page.offset + rows.length };
  return { rows, total: await countEvents(db, filter) };
}

async function findPage(
  db: Queryable,
  filter: EventFilterV1,
  { limit, offset }: PageV1,
): Promise<EventRowV1[]> {
  const { fields, bind, values } = conditionsV1(filter);
  // The inner query walks and skips; text is made of times and meta outside of it, for the rows of the page alone.
  const found = (columns: string) => `
      select ${columns}
      from audit.event
      where ${timeRangeV1(filter, bind)} and ${fields}
      order by event_time desc, id desc
      limit ${bind(limit)}::bigint offset ${bind(offset)}::bigint`;
  // What an index alone may find is looked up row by row, so that rows which are passed over are not read.
  const source =
    offset >= FAR || isToldByIndex(askedIn(filter))
      ? `(
      select * from audit.event
      where (event_time, id) in (${found('event_time, id')}) and ${timeRangeV1(filter, bind)}
    )`
      : `(${found('*')})`;
  const { rows } = await db.query(
    `select ${EVENT_COLUMNS_V1}
    from ${source} as page
    order by page.event_time desc, page.id desc`,
    values,
  );
  return rows as EventRowV1[];
}

/** Fields that a filter asks for; that operations are finished every index knows that tells more than its order. */
function askedIn(filter: EventFilterV1): { field: FieldName }[] {
  return Object.entries(FIELD_OF)
    .filter(([name]) => filter[name as keyof typeof FIELD_OF] !== undefined)
    .map(([, field]) => ({ field }));
}

async function countEvents(
  db: Queryable,
  filter: EventFilterV1,
): Promise<number> {
  const { actorId, requestUrl, entityRef } = filter;
  const isCounted = (actorId ?? requestUrl ?? entityRef) === undefined;
  const { fields, bind, values } = conditionsV1(filter);
  const { rows } = await db.query(
    isCounted
      ? `select coalesce(sum(events), 0)::text as total from ${countedSource({ ...filter, where: fields, bind })}`
      : `select count(*)::text as total from audit.event where ${timeRangeV1(filter, bind)} and ${fields}`,
    values,
  );
  return Number(rows[0].total);
}
