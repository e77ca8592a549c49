import type { AuditEvent } from '../audit-event';
import { writeBatch } from './commit-batch';
import { copyStraight } from './copy-straight';
import { ownReceived } from './own-received';
import type { Connection } from './queryable';
import type { RowContext } from './rows';

/** Writes events of our own as one batch of the ledger, within a transaction. Their months must have their partition. */
export async function writeOwnEvents(
  db: Connection,
  context: RowContext,
  rulesHash: Uint8Array,
  events: readonly AuditEvent[],
): Promise<void> {
  const received = ownReceived(events, rulesHash);
  received.events.rows.place(context, 0);
  await writeBatch(db, { ...context, requests: [received] }, copyStraight);
}
