import type { Queryable } from '../queryable';
import { timeText } from '../time-text';
import { eventRowOf, LISTED } from './event-row';
import type { EventSearch } from './event-search';
import { parameters, searchSql, timeSql } from './search-sql';

/** A place in the order of commits: a transaction, and a record of its batch; -1 is before the first. */
export interface CommitPosition {
  xactId: string;
  batchIndex: number;
}

export interface CommittedEvent {
  /** One JSON object. */
  json: string;
  position: CommitPosition;
}

export interface CommittedPage {
  events: CommittedEvent[];
  /** Up to where was looked: the next page begins there. */
  position: CommitPosition;
  /** Whether more may be there already. */
  hasMore: boolean;
}

/** Batches that are looked through for one page. */
const MAX_BATCHES = 200;
/** Their events: a batch that follows so many is left to the next page. */
const ENOUGH_EVENTS = 10_000;

/** Before everything. */
export const FIRST_COMMIT: CommitPosition = { xactId: '0', batchIndex: -1 };

/**
 * The events that follow in the order of their transactions. A batch is shown once no transaction before it can still commit:
 * whatever comes late, from whichever receiver, comes behind what was shown, and nothing is passed over. A transaction
 * that stays open for long, of whatever program that writes into this server, delays what was committed after it began.
 *
 * @throws what the database throws
 * @example
 * const { events, position } = await listCommits(client, search, { after: FIRST_COMMIT, limit: 100 });
 */
export async function listCommits(
  db: Queryable,
  search: EventSearch,
  { after, limit }: { after: CommitPosition; limit: number },
): Promise<CommittedPage> {
  const { rows: batches } = await db.query(
    `select xact_id::text as xact_id, receiver_id, receiver_seq, recorded_at, stored,
       min_event_time as first, max_event_time as last
     from (
       select *, sum(stored) over (order by xact_id) - stored as before
       from (
         select *
         from audit.batch
         where xact_id >= $1::xid8 and xact_id < pg_snapshot_xmin(pg_current_snapshot())
         order by xact_id
         limit ${MAX_BATCHES}
       ) as batch
     ) as batch
     where before < ${ENOUGH_EVENTS}
     order by xact_id`,
    [after.xactId],
  );
  const filled = batches.filter(({ stored }) => stored > 0);
  const events =
    filled.length === 0 ? [] : await eventsOf(db, search, filled, after, limit);
  const isFull = events.length === limit;
  const last = batches.at(-1)?.xact_id as string | undefined;
  return {
    events,
    // All of the last batch was looked through.
    position: isFull
      ? events.at(-1)!.position
      : last === undefined
        ? after
        : { xactId: String(BigInt(last) + 1n), batchIndex: -1 },
    hasMore: batches.length > 0,
  };
}

async function eventsOf(
  db: Queryable,
  search: EventSearch,
  // oxlint-disable-next-line typescript/no-explicit-any -- rows of pg
  batches: any[],
  after: CommitPosition,
  limit: number,
): Promise<CommittedEvent[]> {
  const { values, bind } = parameters();
  const column = (name: string) => bind(batches.map((batch) => batch[name]));
  const { rows } = await db.query(
    `with fresh as (
       select * from unnest(
         ${column('xact_id')}::xid8[], ${column('receiver_id')}::integer[], ${column('receiver_seq')}::bigint[]
       ) as fresh (xact_id, receiver_id, receiver_seq)
     )
     select ${LISTED}, page.xact_id::text as xact_id, page.batch_index
     from (
       select event.*, fresh.xact_id
       from fresh
       join audit.event on event.receiver_id = fresh.receiver_id and event.receiver_seq = fresh.receiver_seq
       where event.recorded_at between ${bind(least(batches, 'recorded_at'))}::timestamptz and ${bind(greatest(batches, 'recorded_at'))}::timestamptz
         and event.event_time >= ${bind(least(batches, 'first'))}::timestamptz
         and event.event_time <= ${bind(greatest(batches, 'last'))}::timestamptz
         and (fresh.xact_id, event.batch_index) > (${bind(after.xactId)}::xid8, ${bind(after.batchIndex)}::integer)
         and ${timeSql(search, bind)} and ${searchSql(search, bind)}
       order by fresh.xact_id, event.batch_index
       limit ${bind(limit)}::bigint
     ) as page
     order by page.xact_id, page.batch_index`,
    values,
  );
  return rows.map((row) => ({
    json: eventRowOf(row).json,
    position: {
      xactId: row.xact_id as string,
      batchIndex: row.batch_index as number,
    },
  }));
}

type Times = Record<'recorded_at' | 'first' | 'last', Date>;

/** The millisecond before all of them: they have microseconds, JavaScript's dates do not. */
function least(batches: Times[], name: keyof Times): string {
  return timeText(Math.min(...batches.map((one) => one[name].getTime())) - 1);
}

/** The millisecond after all of them. */
function greatest(batches: Times[], name: keyof Times): string {
  return timeText(Math.max(...batches.map((one) => one[name].getTime())) + 1);
}

/** Where the events begin that are committed from now on; with a time, those that were recorded since. */
export async function commitPositionAt(
  db: Queryable,
  recordedSinceMs: number | undefined,
): Promise<CommitPosition> {
  const { rows } = await db.query(
    `select coalesce(
       (select min(xact_id) from audit.batch where recorded_at >= $1::timestamptz),
       pg_snapshot_xmin(pg_current_snapshot())
     )::text as xact_id`,
    [recordedSinceMs === undefined ? 'infinity' : timeText(recordedSinceMs)],
  );
  return { xactId: rows[0].xact_id as string, batchIndex: -1 };
}
