import { OPERATION_TIMEOUT_ATTRIBUTE } from '../../stream-events';
import type { Queryable } from '../queryable';

/** The longest that a record may ask for, in milliseconds: a week. */
const MAX_TIMEOUT_MS = 7 * 24 * 60 * 60 * 1_000;

/** Opens the operations that begin in `fresh_batch` and do not finish in it, and closes those that finish. */
export async function trackOperations(
  db: Queryable,
  timeoutMs: number,
): Promise<void> {
  await readOperations(db);
  await db.query(
    `delete from audit.open_operation
     where operation_id in (select operation_id from fresh_operation where status <> 'initiated')`,
  );
  await db.query(
    `update audit.unfinished_operation
     set finished_at = outcome.event_time
     from (
       select operation_id, min(event_time) as event_time
       from fresh_operation
       where status <> 'initiated'
       group by operation_id
     ) as outcome
     where unfinished_operation.operation_id = outcome.operation_id and finished_at is null`,
  );
  // The time limit counts from when the beginning is recorded: an emitter that was cut off delivers the outcome late too.
  await db.query(
    `insert into audit.open_operation (operation_id, event_time, id, recorded_at, due_at)
     select operation_id, event_time, id, recorded_at,
       recorded_at + coalesce(timeout_ms, $1::double precision) * interval '1 millisecond'
     from fresh_operation
     where status = 'initiated'
       and not exists (
         select from fresh_operation as outcome
         where outcome.operation_id = fresh_operation.operation_id and outcome.status <> 'initiated'
       )
       and not exists (
         select from audit.unfinished_operation as known where known.operation_id = fresh_operation.operation_id
       )
     order by operation_id, event_time, id
     on conflict do nothing`,
    [timeoutMs],
  );
}

/** All records of operations in the batches, read once. */
async function readOperations(db: Queryable): Promise<void> {
  // The two times by themselves, so that the index over recorded_at is used for them.
  const { rows } = await db.query(
    `select min(recorded_at)::text as first, max(recorded_at)::text as last from fresh_batch`,
  );
  await db.query(
    `create temporary table fresh_operation (
       operation_id uuid, status text, event_time timestamptz, id uuid, recorded_at timestamptz,
       timeout_ms double precision
     ) on commit drop`,
  );
  await db.query(
    `insert into fresh_operation
     select operation_id, status, event_time, id, event.recorded_at,
       case when jsonb_typeof(otlp #> $3::text[]) = 'number'
         then least(greatest((otlp #>> $3::text[])::numeric, 0), $4::numeric)
       end
     from audit.event
     where event.recorded_at between $1::timestamptz and $2::timestamptz
       and operation_id is not null
       and (receiver_id, receiver_seq) in (select receiver_id, receiver_seq from fresh_batch)`,
    [
      rows[0].first,
      rows[0].last,
      ['attributes', OPERATION_TIMEOUT_ATTRIBUTE],
      MAX_TIMEOUT_MS,
    ],
  );
  await db.query(`analyze fresh_operation`);
}
