import type { Queryable } from '../queryable';

/**
 * Keeps other receivers from dropping months until the transaction ends.
 *
 * @returns false when another one is at it
 */
export async function lockMonths(db: Queryable): Promise<boolean> {
  const { rows } = await db.query(
    `select pg_try_advisory_xact_lock(hashtext('audit.tombstone'::text), 0) as is_ours`,
  );
  return rows[0].is_ours as boolean;
}
