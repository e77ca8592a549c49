import type { Queryable } from 'audit-event/store';
import type { SenderLedger } from '../load/ledger';
import type { Origin } from '../load/plan-request';
import { checkAccounting } from './check-accounting';
import { checkEvents } from './check-events';
import { checkQuarantine } from './check-quarantine';
import { findingKinds, noFindings } from './findings';
import type { Findings } from './findings';
import { sentRecords } from './sent-records';

/**
 * Compares a database with all that was sent to it. Nobody may write to it any more. It gets an index for this.
 *
 * @param ledgers of all senders
 */
export async function checkLedger(
  db: Queryable,
  origin: Origin,
  ledgers: readonly SenderLedger[],
  signal?: AbortSignal,
): Promise<Findings> {
  const findings = noFindings(findingKinds);
  const sent = () => sentRecords(origin, ledgers, signal);
  await checkEvents(db, sent(), findings);
  await checkQuarantine(db, sent(), findings);
  await checkAccounting(db, ledgers, findings);
  return findings;
}
