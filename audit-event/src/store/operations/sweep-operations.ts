import { inTurn } from '../in-turn';
import type { Busy } from '../in-turn';
import type { Queryable } from '../queryable';
import { markUnfinished } from './mark-unfinished';
import { takeBatches } from './take-batches';
import { trackOperations } from './track-operations';

export interface SweepOptions {
  /** Milliseconds from when an operation's beginning is recorded to when it counts as unfinished. */
  timeoutMs: number;
}

/** What one sweep found. */
export interface Swept {
  status: 'swept';
  /** Batches looked through. */
  batches: number;
  /** Operations newly marked as unfinished. */
  marked: number;
  /** Whether batches are left for another sweep. */
  more: boolean;
}

/**
 * Looks through the batches committed since the last sweep, each exactly once, for operations that begin and operations
 * that finish, and marks those whose time limit is over. One transaction, so that whatever happens in between nothing
 * is marked twice or passed over; one of several receivers does it.
 *
 * @throws what the database throws; nothing is changed then
 * @example
 * const outcome = await sweepOperations(client, { timeoutMs: 900_000 });
 */
export async function sweepOperations(
  db: Queryable,
  { timeoutMs }: SweepOptions,
): Promise<Swept | Busy> {
  return inTurn(db, 'audit.open_operation', async () => {
    const { batches, more } = await takeBatches(db);
    if (batches > 0) await trackOperations(db, timeoutMs);
    const marked = await markUnfinished(db);
    return { status: 'swept', batches, marked, more };
  });
}
