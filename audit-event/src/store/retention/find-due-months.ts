import type { Queryable } from '../queryable';

/** A month that retention says to drop. */
export interface DueMonth {
  /** Such as `2026-01`. */
  month: string;
  /** Milliseconds since 1970: its first one, and the first after it. */
  startMs: number;
  endMs: number;
}

/** The months that are due and not held, the oldest first. */
export async function findDueMonths(db: Queryable): Promise<DueMonth[]> {
  const { rows } = await db.query(
    `select to_char(month, 'YYYY-MM') as month,
       extract(epoch from start_time)::double precision * 1000 as "startMs",
       extract(epoch from end_time)::double precision * 1000 as "endMs"
     from audit.month
     where due_at <= now() and not is_held
     order by start_time`,
  );
  return rows as DueMonth[];
}
