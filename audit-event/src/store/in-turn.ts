import { inTransaction } from './queryable';
import type { Queryable } from './queryable';

/** Another process is at the same work. */
export interface Busy {
  status: 'busy';
}

/**
 * Does work in one transaction that one process does at a time, and others leave to it.
 *
 * @param name of the work
 * @param begin what begins the transaction
 * @throws what `work` or the database throws; nothing is changed then
 * @example
 * const outcome = await inTurn(client, 'audit.stream', () => fold(client));
 */
export async function inTurn<T>(
  db: Queryable,
  name: string,
  work: () => Promise<T>,
  begin?: string,
): Promise<T | Busy> {
  return inTransaction<T | Busy>(
    db,
    async () => {
      const { rows } = await db.query(
        `select pg_try_advisory_xact_lock(hashtext($1::text), 0) as is_ours`,
        [name],
      );
      return rows[0].is_ours ? work() : { status: 'busy' };
    },
    begin,
  );
}
