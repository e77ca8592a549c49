import type { Queryable } from '../queryable';
import { printedTime } from '../time-text';

/** A legal hold, as the API shows it: months that overlap its time are not dropped until it is released. */
export interface HoldRow {
  id: string;
  /** Both inclusive; null: without bound. */
  start_time: string | null;
  end_time: string | null;
  reason: string;
  created_at: string;
  created_by: string;
  /** These three are null while it is in force. */
  released_at: string | null;
  released_by: string | null;
  release_reason: string | null;
}

const timed = (column: string) => `${printedTime(column)} as ${column}`;

/** Selects a `HoldRow`. */
export const HOLD_COLUMNS = `id::text, ${timed('start_time')}, ${timed('end_time')}, reason,
  ${timed('created_at')}, created_by, ${timed('released_at')}, released_by, release_reason`;

/** All holds that there ever were, the newest first; with an id, that one. */
export async function findHolds(
  db: Queryable,
  id?: string,
): Promise<HoldRow[]> {
  const { rows } = await db.query(
    `select ${HOLD_COLUMNS}
     from audit.hold
     where $1::uuid is null or id = $1::uuid
     order by hold.created_at desc, hold.id`,
    [id ?? null],
  );
  return rows as HoldRow[];
}
