import { inTransaction } from '../queryable';
import type { Queryable } from '../queryable';
import { COUNT_SPANS } from './count-spans';
import { COUNTED_COLUMNS } from './counted-columns';

const COLUMNS = COUNTED_COLUMNS.join(', ');

/**
 * Adds the counts that batches brought to those of their hour and of the longer stretches of time that it is in. The sums stay
 * what they are at every moment: one transaction, and one of several receivers does it.
 *
 * @returns how many rows the stretches have now; `busy` when another process is at it
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
      `with fresh as (
         delete from audit.event_count where hours = 0 returning *
       ), added as (
         select span as hours, date_bin(span * interval '1 hour', hour, timestamptz 'epoch') as hour, ${COLUMNS},
           sum(events) as events
         from fresh cross join unnest($1::smallint[]) as span
         group by 1, 2, ${COLUMNS}
       ), taken as (
         delete from audit.event_count
         where (hours, hour) in (select hours, hour from added)
         returning hours, hour, ${COLUMNS}, events
       ), folded as (
         insert into audit.event_count (hours, hour, ${COLUMNS}, events)
         select hours, hour, ${COLUMNS}, sum(events)
         from (select * from added union all select * from taken) as part
         group by hours, hour, ${COLUMNS}
         returning 1
       )
       select count(*)::integer as rows from folded`,
      [COUNT_SPANS],
    );
    return { status: 'folded', rows: rows[0].rows as number };
  });
}
