import type { AuditEvent } from '../audit-event';
import { BEGIN } from './commit-batch';
import { inTransaction } from './queryable';
import type { Connection } from './queryable';
import type { RowContext } from './rows';
import { writeOwnEvents } from './write-own-events';

/** What a change came to, and the events that tell of it: none when nothing changed. */
export interface Change<T> {
  result: T;
  events: readonly AuditEvent[];
}

/**
 * Makes a change and stores the events that tell of it in one transaction, as one batch of the ledger: there is no change
 * without its event, and no event without its change. Months of the events must have their partition.
 *
 * @param rulesHash of the set without rules
 * @returns the result, and whether a batch was written: without events there is none, and its number is still free
 * @throws what `work` or the database throws; nothing is known to be changed then
 * @example
 * await commitChange(db, context, rulesHash, async () => ({ result: await deleteToken(db, id), events: [event] }));
 */
export async function commitChange<T>(
  db: Connection,
  context: RowContext,
  rulesHash: Uint8Array,
  work: () => Promise<Change<T>>,
): Promise<{ result: T; isBatch: boolean }> {
  return inTransaction(
    db,
    async () => {
      const { result, events } = await work();
      if (events.length === 0) return { result, isBatch: false };
      await writeOwnEvents(db, context, rulesHash, events);
      return { result, isBatch: true };
    },
    BEGIN,
  );
}
