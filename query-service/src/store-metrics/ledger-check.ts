import { compareLedger, countGaps } from 'audit-event/store';
import type { Queryable } from 'audit-event/store';
import { Counter, Gauge } from 'prom-client';
import type { Registry } from 'prom-client';

/** Batches that commit now have a time from a moment ago. */
const SETTLED_AFTER_MS = 60_000;
/** After a long outage not all of it is read at once. */
const MAX_WINDOW_MS = 60 * 60_000;
/** More than anybody would look at. */
const MAX_DIFFERENCES = 1_000;

/**
 * Makes the check that compares what the ledger says with what is there, of each time once.
 *
 * @param startMs from which on it checks
 * @returns what checks all that was recorded since the last time; it throws what the database throws, and checks that time again
 */
export function createLedgerCheck(
  registry: Registry,
  startMs: number,
): (db: Queryable, nowMs: number) => Promise<void> {
  const registers = [registry];
  const batches = new Counter({
    name: 'audit_store_ledger_checked_batches_total',
    help: 'Batches of the ledger that were compared with what is there',
    registers,
  });
  const differences = new Counter({
    name: 'audit_store_ledger_differences_total',
    help: 'Batches of which the ledger says something else than the tables, and gaps in the numbers of batches',
    registers,
  });
  const checkedTo = new Gauge({
    name: 'audit_store_ledger_checked_timestamp_seconds',
    help: 'Up to when the ledger was compared with what is there',
    registers,
  });
  let doneMs = startMs;
  checkedTo.set(doneMs / 1_000);
  return async function checkLedger(db, nowMs) {
    const endMs = nowMs - SETTLED_AFTER_MS;
    if (endMs <= doneMs) return;
    const range = { startMs: Math.max(doneMs, endMs - MAX_WINDOW_MS), endMs };
    const found = await compareLedger(db, range, MAX_DIFFERENCES);
    const numbers = await countGaps(db, range);
    batches.inc(numbers.batches);
    differences.inc(found.length + numbers.gaps);
    doneMs = endMs;
    checkedTo.set(doneMs / 1_000);
  };
}
