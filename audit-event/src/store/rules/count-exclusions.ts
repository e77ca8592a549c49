import type { Queryable } from '../queryable';

/** What a rule kept out on a day, in UTC. */
export interface ExclusionDay {
  rule_id: string;
  /** Such as `2026-01-31`. */
  day: string;
  excluded: number;
}

/** What each rule kept out on each of the last days, today included; days without any are left out. */
export async function countExclusions(
  db: Queryable,
  days: number,
): Promise<ExclusionDay[]> {
  const { rows } = await db.query(
    `select rule_id::text, to_char(batch.recorded_at at time zone 'UTC', 'YYYY-MM-DD') as day,
       sum(exclusion_count.excluded)::double precision as excluded
     from audit.batch
     join audit.exclusion_count using (receiver_id, receiver_seq)
     where batch.excluded > 0
       and batch.recorded_at >= (date_trunc('day', now() at time zone 'UTC') - ($1::integer - 1) * interval '1 day') at time zone 'UTC'
     group by 1, 2
     order by 1, 2`,
    [days],
  );
  return rows as ExclusionDay[];
}
