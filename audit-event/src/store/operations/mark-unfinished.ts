import type { Queryable } from '../queryable';

/** How far apart the clocks of emitter and receiver may be without an outcome being overlooked. */
const CLOCK_SKEW = '1 minute';

/**
 * Marks the operations whose time limit was over before the first batch that was not looked through: that one may hold their
 * outcome, however long a transaction somewhere else keeps it from being taken. Requests may overtake each other, so an outcome may have been recorded
 * before its beginning was: it is looked for between the time of the beginning and when that was recorded.
 *
 * @returns how many were marked
 */
export async function markUnfinished(db: Queryable): Promise<number> {
  await db.query(
    `create temporary table due (like audit.open_operation) on commit drop`,
  );
  await db.query(
    `with due_now as (
       delete from audit.open_operation
       where due_at <= least(now(), (
         select min(recorded_at) from audit.batch
         where xact_id > coalesce((select swept_to from audit.operation_sweep), '0'::xid8)
       ))
       returning *
     )
     insert into due select * from due_now`,
  );
  // Windows that overlap are read once, and one window is never longer than the time limit.
  const { rows } = await db.query(
    `with time_window as (
       select unnest(range_agg(tstzrange(
         event_time,
         event_time + least(recorded_at - event_time + interval '${CLOCK_SKEW}', due_at - recorded_at),
         '[]'
       ))) as times
       from due
       where event_time <= recorded_at + interval '${CLOCK_SKEW}'
     ), overtaken as (
       select event.operation_id
       from time_window
       join audit.event on event.event_time between lower(times) and upper(times)
       where event.status <> 'initiated' and event.operation_id in (select operation_id from due)
     ), marked as (
       insert into audit.unfinished_operation (operation_id, event_time, id)
       select operation_id, event_time, id
       from due
       where operation_id not in (select operation_id from overtaken)
       on conflict do nothing
       returning 1
     )
     select count(*)::integer as marked from marked`,
  );
  return rows[0].marked as number;
}
