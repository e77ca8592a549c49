import type { Queryable } from '../queryable';
import { DETAILED, eventRowOf, LISTED } from './event-row';
import type { EventRow } from './event-row';
import { timeText } from '../time-text';

/** Events around an event in the same operation or trace. */
export interface RelatedEvents {
  /** The nearest, in order, as JSON texts. */
  events: string[];
  /** Whether there are more than these. */
  has_more: boolean;
}

export interface EventDetail {
  event: EventRow;
  operation: RelatedEvents;
  trace: RelatedEvents;
}

/** How far from an event its operation and its trace are looked for, and how many events of each are shown. */
const AROUND_MS = 15 * 60 * 1_000;
const MAX_RELATED = 100;

/**
 * One event with all that is known of it, the other records of its operation, and the other events of its trace, a quarter
 * of an hour before and after it. Undefined when there is none in the time given: nothing leads from an id to its event but
 * that, so the time bounds what is read.
 *
 * @param startMs milliseconds since 1970, inclusive, as `endMs`
 * @example
 * const detail = await findEvent(client, '01980f5e-7c1a-7b3e-9d52-5f0a6b1c2d3e', { startMs, endMs });
 */
export async function findEvent(
  db: Queryable,
  id: string,
  { startMs, endMs }: { startMs: number; endMs: number },
): Promise<EventDetail | undefined> {
  const { rows } = await db.query(
    `select ${DETAILED}, encode(page.trace_id, 'hex') as trace, page.operation_id as operation
     from (
       select * from audit.event
       where event_time >= $2::timestamptz and event_time < $3::timestamptz and id = $1::uuid
       order by event_time limit 1
     ) as page`,
    [id, timeText(startMs), timeText(endMs + 1)],
  );
  if (rows.length === 0) return undefined;
  const event = eventRowOf(rows[0]);
  const { trace, operation } = rows[0] as Record<string, string | null>;
  return {
    event,
    operation: await relatedTo(db, event, 'operation_id = $4::uuid', operation),
    trace: await relatedTo(
      db,
      event,
      `trace_id = decode($4::text, 'hex')`,
      trace,
    ),
  };
}

async function relatedTo(
  db: Queryable,
  { position }: EventRow,
  isRelated: string,
  key: string | null | undefined,
): Promise<RelatedEvents> {
  if (key == null) return { events: [], has_more: false };
  const { rows } = await db.query(
    `select ${LISTED}
     from (
       select * from audit.event
       where event_time >= $1::timestamptz - $3::double precision * interval '1 millisecond'
         and event_time <= $1::timestamptz + $3::double precision * interval '1 millisecond'
         and id <> $2::uuid and ${isRelated}
       order by abs(extract(epoch from event_time - $1::timestamptz)), id
       limit ${MAX_RELATED + 1}
     ) as page
     order by page.event_time, page.status <> 'initiated', page.stream_seq, page.id`,
    [position.time, position.id, AROUND_MS, key],
  );
  return {
    events: rows.slice(0, MAX_RELATED).map(({ json }) => json as string),
    has_more: rows.length > MAX_RELATED,
  };
}
