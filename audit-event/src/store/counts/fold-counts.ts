import { inTurn } from '../in-turn';
import type { Busy } from '../in-turn';
import type { Queryable } from '../queryable';
import { COUNT_SPANS } from './count-spans';
import { COUNTED_COLUMNS } from './counted-columns';

const COLUMNS = COUNTED_COLUMNS.join(', ');
const SAME_COLUMNS = COUNTED_COLUMNS.map(
  (column) => `counted.${column} is not distinct from added.${column}`,
).join(' and ');

/**
 * Adds the counts that batches brought to those of their hour and of the longer stretches of time that it is in. The sums stay
 * what they are at every moment: one transaction, and one of several receivers does it.
 *
 * @returns how many rows were made or changed; `busy` when another process is at it
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
      `with fresh as (
         delete from audit.event_count where hours = 0 returning *
       ), added as (
         select span as hours, date_bin(span * interval '1 hour', hour, timestamptz 'epoch') as hour, ${COLUMNS},
           sum(events) as events
         from fresh cross join unnest($1::smallint[]) as span
         group by 1, 2, ${COLUMNS}
       ), taken as (
         delete from audit.event_count as counted
         using added
         where counted.hours = added.hours and counted.hour = added.hour and ${SAME_COLUMNS}
         returning counted.*
       ), folded as (
         insert into audit.event_count (hours, hour, ${COLUMNS}, events)
         select hours, hour, ${COLUMNS}, sum(events)
         from (
           select hours, hour, ${COLUMNS}, events from added
           union all
           select hours, hour, ${COLUMNS}, events from taken
         ) as part
         group by hours, hour, ${COLUMNS}
         returning 1
       )
       select count(*)::integer as rows from folded`,
      [COUNT_SPANS],
    );
    return { status: 'folded', rows: rows[0].rows as number };
  });
}
