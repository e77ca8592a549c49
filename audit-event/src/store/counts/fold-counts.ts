import { inTurn } from '../in-turn';
import type { Busy } from '../in-turn';
import type { Queryable } from '../queryable';
import { COUNTED_COLUMNS } from './counted-columns';

const COLUMNS = COUNTED_COLUMNS.join(', ');
const SAME_COLUMNS = COUNTED_COLUMNS.map(
  (column) => `counted.${column} is not distinct from fresh.${column}`,
).join(' and ');

/**
 * Makes one row of the counts of the same hour and columns, where there are new ones. The sums stay what they are at
 * every moment: one transaction, and one of several receivers does it.
 *
 * @returns how many rows were made; `busy` when another process is at it
 * @throws what the database throws; nothing is changed then
 * @example
 * const outcome = await foldCounts(client);
 */
export async function foldCounts(
  db: Queryable,
): Promise<{ status: 'folded'; rows: number } | Busy> {
  return inTurn(db, 'audit.event_count', async () => {
    // One statement, so that it deletes what it adds up, and nothing that is committed meanwhile.
    const { rows } = await db.query(
      `with taken as (
         delete from audit.event_count where not is_folded returning *
       ), fresh as (
         select hour, ${COLUMNS}, sum(events) as events from taken group by hour, ${COLUMNS}
       ), before as (
         delete from audit.event_count as counted
         using fresh
         where counted.is_folded and counted.hour = fresh.hour and ${SAME_COLUMNS}
         returning counted.*
       ), folded as (
         insert into audit.event_count (hour, ${COLUMNS}, events, is_folded)
         select hour, ${COLUMNS}, sum(events), true
         from (
           select hour, ${COLUMNS}, events from fresh
           union all
           select hour, ${COLUMNS}, events from before
         ) as both_of
         group by hour, ${COLUMNS}
         returning 1
       )
       select count(*)::integer as rows from folded`,
    );
    return { status: 'folded', rows: rows[0].rows as number };
  });
}
