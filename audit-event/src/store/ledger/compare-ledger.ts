import type { Queryable } from '../queryable';
import type { LedgerRange } from './find-ledger';
import { printedTime } from '../time-text';

/** A batch of which the ledger says something else than the tables; `batch` numbers are null where there is no such batch. */
export interface LedgerDifference {
  receiver_id: number;
  receiver_seq: string;
  recorded_at: string;
  what: 'events' | 'quarantine' | 'exclusions';
  /** What the ledger says. */
  counted: number;
  /** What is there, or went with a month that retention dropped. */
  found: number;
}

/**
 * Compares the ledger with what is there: the events of each batch, with those that tombstones account for, its records in
 * quarantine, its exclusions. Reads all
 * events that were recorded in the time, which takes a second or so for a million.
 *
 * @param limit of the differences that are told
 */
export async function compareLedger(
  db: Queryable,
  { startMs, endMs }: LedgerRange,
  limit: number,
): Promise<LedgerDifference[]> {
  const within = (table: string) =>
    `${table}.recorded_at >= $1::timestamptz and ${table}.recorded_at <= $2::timestamptz`;
  const countOf = (table: string) => `
    select receiver_id, receiver_seq, recorded_at, count(*) as found
    from audit.${table}
    where ${within(table)}
    group by 1, 2, 3`;
  const dropped = `
    select receiver_id, receiver_seq, recorded_at, events as found
    from audit.dropped_count
    where ${within('dropped_count')}`;
  const differencesOf = (what: string, column: string, found: string) => `
    select receiver_id, receiver_seq, coalesce(batch.recorded_at, found.recorded_at) as recorded_at,
      '${what}' as what, coalesce(batch.${column}, 0) as counted, coalesce(found.found, 0) as found
    from (select * from audit.batch where ${within('batch')}) as batch
    full join (${found}) as found using (receiver_id, receiver_seq)
    where coalesce(batch.${column}, 0) <> coalesce(found.found, 0)`;
  const { rows } = await db.query(
    `select receiver_id, receiver_seq::text, ${printedTime('recorded_at')} as recorded_at, what,
       counted::double precision as counted, found::double precision as found
     from (
       ${differencesOf(
         'events',
         'stored',
         `select receiver_id, receiver_seq, min(recorded_at) as recorded_at, sum(found) as found
          from (${countOf('event')} union all ${dropped}) as part
          group by 1, 2`,
       )}
       union all
       ${differencesOf('quarantine', 'quarantined', countOf('quarantine'))}
       union all
       ${differencesOf(
         'exclusions',
         'excluded',
         `select receiver_id, receiver_seq, batch.recorded_at, sum(exclusion_count.excluded) as found
          from audit.exclusion_count
          join audit.batch using (receiver_id, receiver_seq)
          where ${within('batch')}
          group by 1, 2, 3`,
       )}
     ) as difference
     order by recorded_at desc, receiver_id, receiver_seq, what
     limit $3::integer`,
    [new Date(startMs), new Date(endMs), limit],
  );
  return rows as LedgerDifference[];
}
