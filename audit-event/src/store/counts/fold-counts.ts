import { inTransaction } from '../queryable';
import type { Queryable } from '../queryable';
import { COUNTED_COLUMNS } from './counted-columns';

const COLUMNS = COUNTED_COLUMNS.join(', ');

/**
 * Makes one row of the counts of the same hour and columns, in the hours that got new ones. The sums stay what they
 * are at every moment: one transaction, and one of several receivers does it.
 *
 * @returns how many rows the hours have now; `busy` when another process is at it
 * @throws what the database throws; nothing is changed then
 * @example
 * const outcome = await foldCounts(client);
 */
export async function foldCounts(
  db: Queryable,
): Promise<{ status: 'folded'; rows: number } | { status: 'busy' }> {
  return inTransaction(db, async () => {
    const { rows: locks } = await db.query(
      `select pg_try_advisory_xact_lock(hashtext('audit.event_count'::text), 0) as is_ours`,
    );
    if (!locks[0].is_ours) return { status: 'busy' };
    // One statement, so that it deletes what it adds up, and nothing that is committed meanwhile.
    const { rows } = await db.query(
      `with taken as (
         delete from audit.event_count
         where hour in (select hour from audit.event_count where not is_folded)
         returning *
       ), folded as (
         insert into audit.event_count (hour, ${COLUMNS}, events, is_folded)
         select hour, ${COLUMNS}, sum(events), true
         from taken
         group by hour, ${COLUMNS}
         returning 1
       )
       select count(*)::integer as rows from folded`,
    );
    return { status: 'folded', rows: rows[0].rows as number };
  });
}
