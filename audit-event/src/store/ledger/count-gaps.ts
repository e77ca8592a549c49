import type { Queryable } from '../queryable';
import type { LedgerRange } from './find-ledger';

/** What the numbers of the batches of a time say. */
export interface BatchNumbers {
  batches: number;
  /** Batches of which the one before, by its number, is not there. */
  gaps: number;
}

/**
 * Counts the batches that were recorded in the time, and the gaps before them, without looking at all that a connection ever committed.
 *
 * @throws what the database throws
 */
export async function countGaps(
  db: Queryable,
  { startMs, endMs }: LedgerRange,
): Promise<BatchNumbers> {
  const { rows } = await db.query(
    `select count(*)::double precision as batches,
       (count(*) filter (where receiver_seq > 1 and not exists (
         select from audit.batch as previous
         where previous.receiver_id = batch.receiver_id and previous.receiver_seq = batch.receiver_seq - 1
       )))::double precision as gaps
     from audit.batch
     where recorded_at >= $1::timestamptz and recorded_at <= $2::timestamptz`,
    [new Date(startMs), new Date(endMs)],
  );
  return rows[0] as BatchNumbers;
}
