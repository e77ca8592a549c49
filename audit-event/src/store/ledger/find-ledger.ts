import type { Queryable } from '../queryable';
import { printedTime } from '../time-text';

/** Times of commits, in milliseconds since 1970, both inclusive. */
export interface LedgerRange {
  startMs: number;
  endMs: number;
}

/** What became of records: `received = stored + duplicate + excluded + quarantined`. */
export interface LedgerSums {
  batches: number;
  received: number;
  stored: number;
  duplicate: number;
  excluded: number;
  quarantined: number;
}

/** Of one day, in UTC. */
export interface LedgerDay extends LedgerSums {
  day: string;
}

/** Of one process, which has several writing connections. */
export interface LedgerReceiver extends LedgerSums {
  instance: string;
  version: string;
  connections: number;
  first_batch_at: string;
  last_batch_at: string;
}

/** A writing connection of whose batches some are missing. */
export interface LedgerGap {
  receiver_id: number;
  instance: string;
  batches: number;
  highest_batch: number;
}

export interface Ledger {
  days: LedgerDay[];
  receivers: LedgerReceiver[];
  gaps: LedgerGap[];
}

const SUMS = ['received', 'stored', 'duplicate', 'excluded', 'quarantined']
  .map((name) => `sum(batch.${name})::double precision as ${name}`)
  .join(', ');

/**
 * The ledger, added up per day and per receiver, and whose batches are not all there.
 *
 * @param limit of the receivers and gaps that are listed, those heard of last first
 */
export async function findLedger(
  db: Queryable,
  range: LedgerRange,
  limit: number,
): Promise<Ledger> {
  const times = [new Date(range.startMs), new Date(range.endMs)];
  const within = `batch.recorded_at >= $1::timestamptz and batch.recorded_at <= $2::timestamptz`;
  const days = await db.query(
    `select to_char(batch.recorded_at at time zone 'UTC', 'YYYY-MM-DD') as day, count(*)::double precision as batches, ${SUMS}
     from audit.batch
     where ${within}
     group by 1
     order by 1`,
    times,
  );
  const receivers = await db.query(
    `select instance, version, count(distinct receiver.id)::integer as connections,
       ${printedTime('min(batch.recorded_at)')} as first_batch_at, ${printedTime('max(batch.recorded_at)')} as last_batch_at,
       count(*)::double precision as batches, ${SUMS}
     from audit.batch
     join audit.receiver on receiver.id = batch.receiver_id
     where ${within}
     group by instance, version
     order by max(batch.recorded_at) desc
     limit $3::integer`,
    [...times, limit],
  );
  // A connection numbers its batches from 1, so what is missing shows over all of its time, not over a part of it.
  // Those without a batch in the range are left out: their number only grows.
  const gaps = await db.query(
    `select receiver_id, instance, count(*)::double precision as batches, max(receiver_seq)::double precision as highest_batch
     from audit.batch
     join audit.receiver on receiver.id = batch.receiver_id
     where receiver_id in (select receiver_id from audit.batch where ${within})
     group by receiver_id, instance
     having count(*) <> max(receiver_seq)
     order by receiver_id desc
     limit $3::integer`,
    [...times, limit],
  );
  return {
    days: days.rows as LedgerDay[],
    receivers: receivers.rows as LedgerReceiver[],
    gaps: gaps.rows as LedgerGap[],
  };
}
