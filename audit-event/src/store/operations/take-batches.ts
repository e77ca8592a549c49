import type { Queryable } from '../queryable';

/** Batches of one sweep: their events fit in memory and temporary files whatever has piled up. */
const MAX_BATCHES = 1_000;

/**
 * Puts the next batches in the order of their transactions into `fresh_batch`, and notes that they were taken. A batch
 * is taken once no transaction before it can still commit, so none is passed over.
 */
export async function takeBatches(
  db: Queryable,
): Promise<{ batches: number; more: boolean }> {
  await db.query(
    `create temporary table fresh_batch on commit drop as
     select receiver_id, receiver_seq, recorded_at, xact_id
     from audit.batch
     where xact_id > coalesce((select swept_to from audit.operation_sweep), '0'::xid8)
       and xact_id < pg_snapshot_xmin(pg_current_snapshot())
     order by xact_id
     limit ${MAX_BATCHES}`,
  );
  const { rows } = await db.query(
    `select count(*)::integer as batches from fresh_batch`,
  );
  const batches = rows[0].batches as number;
  if (batches > 0) {
    await db.query(`delete from audit.operation_sweep`);
    await db.query(
      `insert into audit.operation_sweep (swept_to)
       select xact_id from fresh_batch order by xact_id desc limit 1`,
    );
  }
  return { batches, more: batches === MAX_BATCHES };
}
