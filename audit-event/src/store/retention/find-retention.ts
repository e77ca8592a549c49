import type { Queryable } from '../queryable';
import { printedTime } from '../time-text';

/** How long events are kept, as the API shows it. */
export interface RetentionRow {
  version: number;
  /** After the end of their month; null: for ever. */
  days: number | null;
  /** Whether a month may be dropped that no archive has. */
  drop_without_archive: boolean;
  changed_at: string;
  changed_by: string;
}

/** The retention in force. */
export async function findRetention(db: Queryable): Promise<RetentionRow> {
  const { rows } = await db.query(
    `select version, days, drop_without_archive, ${printedTime('changed_at')} as changed_at, changed_by
     from audit.retention
     order by version desc
     limit 1`,
  );
  return rows[0] as RetentionRow;
}
