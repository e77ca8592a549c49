import type { Queryable } from '../queryable';

/**
 * Notes the events in `arriving` whose sequence number came before under another id. That a number comes again is
 * usual: senders repeat what was not acknowledged. But what is repeated is stored once, so an event that these very
 * batches stored is another one. The few events asked for are found by the time and the batch of their range.
 */
export async function findDuplicates(db: Queryable): Promise<void> {
  await db.query(
    `with before_or_beside as (
       select *, max(to_seq) over (
         partition by stream_id order by from_seq, to_seq rows between unbounded preceding and 1 preceding
       ) as reached
       from arriving
     ), again as (
       select stream_id, range_agg(numbers) as numbers
       from (
         select stream_id, int8range(from_seq, least(to_seq, reached), '[]') as numbers
         from before_or_beside
         where from_seq <= reached
         union all
         select stream_id, unnest(range_agg(int8range(from_seq, to_seq, '[]')) * stream.arrived)
         from arriving
         join audit.stream on stream.id = arriving.stream_id
         group by stream_id, stream.arrived
       ) as either
       group by stream_id
     ), suspect as (
       select arriving.*, again.numbers
       from arriving
       join again using (stream_id)
       where again.numbers && int8range(from_seq, to_seq, '[]')
     ), found as (
       select distinct event.stream_id, event.stream_seq, event.id, event.event_time
       from suspect
       join audit.event on event.event_time between suspect.min_event_time and suspect.max_event_time
         and event.recorded_at = suspect.recorded_at
         and event.receiver_id = suspect.receiver_id
         and event.receiver_seq = suspect.receiver_seq
         and event.stream_id = suspect.stream_id
         and suspect.numbers @> event.stream_seq
     ), counted as (
       select found.*, count(*) over (partition by stream_id, stream_seq)
         + coalesce((stream.arrived @> stream_seq)::integer, 0) as times
       from found
       left join audit.stream on stream.id = found.stream_id
     )
     insert into audit.stream_duplicate (stream_id, stream_seq, id, event_time)
     select stream_id, stream_seq, id, event_time
     from counted
     where times > 1
     on conflict do nothing`,
  );
}
