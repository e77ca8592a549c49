import type { Queryable } from './queryable';

/** Years that are partitioned by month; the migration made one open partition before and one after them. */
const FIRST_YEAR = 2020;
const END_YEAR = 2040;
const MONTHS_AHEAD = 2;

/** A month as months since year 0: 24322 is November 2026. */
export type Month = number;

/**
 * The month whose partition holds a time, undefined when one of the open partitions does.
 *
 * @param time microseconds since 1970
 */
export function monthOf(time: number): Month | undefined {
  const date = new Date(Math.floor(time / 1_000));
  const year = date.getUTCFullYear();
  return year >= FIRST_YEAR && year < END_YEAR
    ? year * 12 + date.getUTCMonth()
    : undefined;
}

/** The month of a date and those after it that should have a partition before events come. */
export function monthsAhead(now: Date): Month[] {
  const current = monthOf(now.getTime() * 1_000);
  if (current === undefined) return [];
  return Array.from(
    { length: MONTHS_AHEAD + 1 },
    (_, ahead) => current + ahead,
  ).filter((month) => month < END_YEAR * 12);
}

/** Makes the partition of a month unless it is there. Safe from several processes. */
export async function ensureMonth(db: Queryable, month: Month): Promise<void> {
  await db.query(`select audit.make_month($1::date)`, [firstDay(month)]);
}

/** `2026-11-01`. */
function firstDay(month: Month): string {
  const year = Math.floor(month / 12);
  return `${year}-${String((month % 12) + 1).padStart(2, '0')}-01`;
}
