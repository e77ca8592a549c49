import type { Queryable } from 'audit-event/store';
import type { SenderLedger } from '../load/ledger';
import { report } from './findings';
import type { Findings } from './findings';

/** Compares the accounting of each batch with what is in the tables, and all of it with what the senders know. */
export async function checkAccounting(
  db: Queryable,
  ledgers: readonly SenderLedger[],
  findings: Findings,
): Promise<void> {
  await checkBatches(db, findings);
  await checkNumbering(db, findings);
  await checkExcluded(db, ledgers, findings);
}

/** Each batch adds up, and has as many rows in each table as it says; no row is of a batch that is not there. */
export async function checkBatches(
  db: Queryable,
  findings: Findings<'miscounted'>,
): Promise<void> {
  const { rows } = await db.query(
    `with batch as (
       select receiver_id, receiver_seq, received, stored, duplicate, excluded, quarantined from audit.batch
     ), event as (
       select receiver_id, receiver_seq, count(*) as events from audit.event group by receiver_id, receiver_seq
     ), aside as (
       select receiver_id, receiver_seq, count(*) as aside from audit.quarantine group by receiver_id, receiver_seq
     ), kept_out as (
       select receiver_id, receiver_seq, sum(excluded) as kept_out from audit.exclusion_count
       group by receiver_id, receiver_seq
     )
     select receiver_id, receiver_seq
     from batch
       full join event using (receiver_id, receiver_seq)
       full join aside using (receiver_id, receiver_seq)
       full join kept_out using (receiver_id, receiver_seq)
     where received is null
       or received <> stored + duplicate + excluded + quarantined
       or stored <> coalesce(events, 0)
       or quarantined <> coalesce(aside, 0)
       or excluded <> coalesce(kept_out, 0)`,
  );
  for (const { receiver_id, receiver_seq } of rows)
    report(
      findings,
      'miscounted',
      `batch ${receiver_seq} of receiver ${receiver_id}`,
    );
}

/** The batches of each receiver are numbered from 1 without a gap. */
export async function checkNumbering(
  db: Queryable,
  findings: Findings<'miscounted'>,
): Promise<void> {
  const { rows } = await db.query(
    `select receiver_id, (max(receiver_seq) - count(*))::integer as missing
     from audit.batch
     group by receiver_id
     having max(receiver_seq) <> count(*)`,
  );
  for (const { receiver_id, missing } of rows)
    report(
      findings,
      'miscounted',
      `the batches of receiver ${receiver_id} have a gap`,
      missing as number,
    );
}

/**
 * Excluded records leave nothing but a count. One that is sent again is counted again, so the count must lie between
 * the records that were acknowledged and all that were sent.
 */
async function checkExcluded(
  db: Queryable,
  ledgers: readonly SenderLedger[],
  findings: Findings,
): Promise<void> {
  const { rows } = await db.query(
    `select coalesce(sum(excluded), 0)::integer as excluded from audit.batch`,
  );
  const excluded = rows[0].excluded as number;
  const atLeast = sum(ledgers.map((ledger) => ledger.excludedAtLeast));
  const atMost = sum(ledgers.map((ledger) => ledger.excludedAtMost));
  report(findings, 'lost', 'excluded records', atLeast - excluded);
  report(findings, 'phantom', 'excluded records', excluded - atMost);
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
