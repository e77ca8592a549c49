import { compareLedger, countGaps } from 'audit-event/store';
import type { Queryable } from 'audit-event/store';
import { Counter, Gauge } from 'prom-client';
import type { Registry } from 'prom-client';

/** Batches that commit now have a time from a moment ago. */
const SETTLED_AFTER_MS = 60_000;
/** As much as is usually waiting. After an outage or a quiet night without a scrape the rest follows, as much each time. */
const WINDOW_MS = 10 * 60_000;
/** So little is read in time at any rate of events. */
const MIN_WINDOW_MS = 1_000;
/** More than anybody would look at. */
const MAX_DIFFERENCES = 1_000;

/** What is left after a check: whether there is more to check already. */
export type LedgerChecked = { isBehind: boolean };

/**
 * Makes the check that compares what the ledger says with what is there, of each time once.
 *
 * @param startMs from which on it checks
 * @returns what checks the ten minutes that come next, or as much of them as is settled; it throws what the database throws, and begins
 *   with half as much next time
 */
export function createLedgerCheck(
  registry: Registry,
  startMs: number,
): (db: Queryable, nowMs: number) => Promise<LedgerChecked> {
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
  let windowMs = WINDOW_MS;
  checkedTo.set(doneMs / 1_000);
  return async function checkLedger(db, nowMs) {
    const settledMs = nowMs - SETTLED_AFTER_MS;
    const endMs = Math.min(settledMs, doneMs + windowMs);
    if (endMs <= doneMs) return { isBehind: false };
    const range = { startMs: doneMs, endMs };
    try {
      const found = await compareLedger(db, range, MAX_DIFFERENCES);
      const numbers = await countGaps(db, range);
      batches.inc(numbers.batches);
      differences.inc(found.length + numbers.gaps);
    } catch (error) {
      // It may have been too much for the time that a statement has.
      windowMs = Math.max(windowMs / 2, MIN_WINDOW_MS);
      throw error;
    }
    windowMs = Math.min(windowMs * 2, WINDOW_MS);
    doneMs = endMs;
    checkedTo.set(doneMs / 1_000);
    return { isBehind: settledMs - doneMs > WINDOW_MS };
  };
}
