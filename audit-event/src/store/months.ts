import { inTransaction } from './queryable';
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

/**
 * Makes the partition of a month unless it is there. Made apart and then attached, which lets readers and writers of
 * the other partitions go on (`create table ... partition of` would lock them all out). Safe from several processes.
 */
export async function ensureMonth(db: Queryable, month: Month): Promise<void> {
  const name = `audit.event_${label(month).replace('-', '_')}`;
  await inTransaction(db, async () => {
    // Serialises makers of the same month; released by commit.
    await db.query(
      `select pg_advisory_xact_lock(hashtext('audit.event'::text), $1::integer)`,
      [month],
    );
    const { rows } = await db.query(
      `select to_regclass($1::text) is not null as exists`,
      [name],
    );
    if (rows[0].exists) return;
    // Pages of the table count as visible to all only after a vacuum, and index-only counts read those that do not: it comes
    // after a hundredth of new rows, and looks at nothing but those.
    await db.query(
      `create table ${name} (like audit.event including defaults including constraints)
       with (autovacuum_vacuum_insert_scale_factor = 0.01)`,
    );
    await db.query(
      `alter table audit.event attach partition ${name} for values from ('${label(month)}-01T00:00:00Z') to ('${label(month + 1)}-01T00:00:00Z')`,
    );
  });
}

/** `2026-11`. */
function label(month: Month): string {
  const year = Math.floor(month / 12);
  return `${year}-${String((month % 12) + 1).padStart(2, '0')}`;
}
