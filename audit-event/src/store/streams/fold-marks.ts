import { OWN_PLUGIN_ID, streamEvent } from '../../stream-events';
import type { Queryable } from '../queryable';
import { MAX_RANGES_PER_STREAM } from './fold-ranges';
import { readStreamMark } from './stream-mark';
import type { StreamMark } from './stream-mark';

/** Records that are in memory at a time. */
const PAGE = 500;

/** Adds what the streams' own records among the events of `arriving` say: where a stream ends, what is lost of it. */
export async function foldMarks(db: Queryable): Promise<void> {
  // Such events are few: all of these times are read, by their index, and compared with what arrived.
  const { rows: times } = await db.query(
    `select min(min_event_time)::text as first, max(max_event_time)::text as last from arriving`,
  );
  await db.query(
    `create temporary table declaring (stream_id uuid, ranges int8multirange) on commit drop`,
  );
  await db.query(
    `declare marks no scroll cursor for
     select distinct event.id, event.event_time::text, event.stream_id, event.stream_seq::text, event.event_id, event.meta
     from arriving
     join audit.event on event.plugin_id = $1::text and event.event_id = any ($2::text[])
       and event.event_time between $3::timestamptz and $4::timestamptz
       and event.receiver_id = arriving.receiver_id
       and event.receiver_seq = arriving.receiver_seq
       and event.stream_id = arriving.stream_id
       and event.stream_seq between arriving.from_seq and arriving.to_seq`,
    [OWN_PLUGIN_ID, Object.values(streamEvent), times[0].first, times[0].last],
  );
  for (;;) {
    const { rows } = await db.query(`fetch ${PAGE} from marks`);
    for (const row of rows) {
      const mark = readStreamMark({
        streamId: row.stream_id as string,
        sequence: Number(row.stream_seq),
        eventId: row.event_id as string,
        meta: row.meta,
      });
      if (mark) await foldMark(db, mark, row);
    }
    if (rows.length < PAGE) break;
  }
  await db.query(`close marks`);
  await addDeclared(db);
}

/** Once for each stream, however many records speak of it, and no more than of what arrived is kept. */
async function addDeclared(db: Queryable): Promise<void> {
  await db.query(
    `update audit.stream
     set declared = (
       select range_agg(part)
       from (select part from unnest(declared + news.ranges) as part limit $1::bigint) as kept
     )
     from (select stream_id, range_agg(ranges) as ranges from declaring group by stream_id) as news
     where stream.id = news.stream_id and not news.ranges <@ declared`,
    [MAX_RANGES_PER_STREAM],
  );
}

async function foldMark(
  db: Queryable,
  mark: StreamMark,
  record: { id: string; event_time: string },
): Promise<void> {
  if (mark.kind === 'end')
    await db.query(
      `update audit.stream set end_seq = greatest(end_seq, $2::bigint) where id = $1::uuid`,
      [mark.streamId, mark.sequence],
    );
  else if (mark.kind === 'previous') {
    await ensureStream(db, mark.previousId);
    await db.query(
      `update audit.stream set previous_id = $2::uuid where id = $1::uuid`,
      [mark.streamId, mark.previousId],
    );
  } else await foldGap(db, mark, record);
}

async function foldGap(
  db: Queryable,
  { streamId, ranges, reason, dropped }: Extract<StreamMark, { kind: 'gap' }>,
  record: { id: string; event_time: string },
): Promise<void> {
  await ensureStream(db, streamId);
  await db.query(
    `with gap as (
       insert into audit.stream_gap (stream_id, id, event_time, ranges, reason, dropped)
       select $1::uuid, $2::uuid, $3::timestamptz, coalesce(range_agg(int8range(first, last, '[]')), '{}'),
         $6::text, $7::jsonb
       from unnest($4::bigint[], $5::bigint[]) as range (first, last)
       on conflict do nothing
       returning stream_id, ranges
     )
     insert into declaring select stream_id, ranges from gap`,
    [
      streamId,
      record.id,
      record.event_time,
      ranges.map(([first]) => first),
      ranges.map(([, last]) => last),
      reason ?? null,
      dropped === undefined ? null : JSON.stringify(dropped),
    ],
  );
}

/** A stream that another one speaks of may never have come itself. */
async function ensureStream(db: Queryable, id: string): Promise<void> {
  await db.query(
    `insert into audit.stream (id) values ($1::uuid) on conflict do nothing`,
    [id],
  );
}
