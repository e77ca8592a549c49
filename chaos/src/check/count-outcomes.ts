import type { Queryable } from 'audit-event/store';

/** What became of all records together, as the batches say. */
export async function countOutcomes(
  db: Queryable,
): Promise<Record<string, number>> {
  const { rows } = await db.query(
    `select count(*)::integer as batches, sum(stored)::integer as stored, sum(duplicate)::integer as duplicate,
       sum(excluded)::integer as excluded, sum(quarantined)::integer as quarantined
     from audit.batch`,
  );
  return rows[0] as Record<string, number>;
}
