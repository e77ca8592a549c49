import type { Queryable } from '../queryable';

/**
 * Ranges that are kept of one stream, the lowest. Whole streams have one; a stream of which so many pieces are missing
 * has what came above them counted as missing too.
 */
export const MAX_RANGES_PER_STREAM = 10_000;

/** Adds the ranges in `arriving` to their streams. */
export async function foldRanges(db: Queryable): Promise<void> {
  await db.query(
    `insert into audit.stream (id)
     select distinct stream_id from arriving
     on conflict do nothing`,
  );
  await db.query(
    `update audit.stream
     set arrived = (
         select range_agg(part)
         from (select part from unnest(stream.arrived + news.arrived) as part limit $1::bigint) as kept
       ),
       highest_seq = greatest(stream.highest_seq, news.highest_seq),
       resource_id = coalesce(stream.resource_id, news.resource_id),
       first_event_time = least(stream.first_event_time, news.first_event_time),
       last_event_time = greatest(stream.last_event_time, news.last_event_time),
       last_recorded_at = greatest(stream.last_recorded_at, news.recorded_at)
     from (
       select stream_id, range_agg(int8range(from_seq, to_seq, '[]')) as arrived, max(to_seq) as highest_seq,
         min(resource_id) as resource_id, min(min_event_time) as first_event_time,
         max(max_event_time) as last_event_time, max(recorded_at) as recorded_at
       from arriving
       group by stream_id
     ) as news
     where stream.id = news.stream_id`,
    [MAX_RANGES_PER_STREAM],
  );
}
