import type { Queryable } from '../queryable';
import { printedTime } from '../time-text';

/** What is left of a month that was dropped, as the API shows it. */
export interface TombstoneRow {
  id: number;
  /** Such as `2026-01`. Events that came later made it anew, so there may be several of one month. */
  month: string;
  events: number;
  /** Nulls for a month without events. */
  first_recorded_at: string | null;
  last_recorded_at: string | null;
  /** Nulls when it was dropped without an archive. */
  archive_file: string | null;
  /** In hexadecimal digits, as `sha256sum` prints it. */
  archive_sha256: string | null;
  retention_version: number;
  retention_days: number;
  dropped_at: string;
  /** Host and process of the receiver. */
  dropped_by: string;
}

/** All tombstones, the latest first; with an id, that one. */
export async function findTombstones(
  db: Queryable,
  id?: number,
): Promise<TombstoneRow[]> {
  const { rows } = await db.query(
    `select id, to_char(month, 'YYYY-MM') as month, events::double precision as events,
       ${printedTime('first_recorded_at')} as first_recorded_at, ${printedTime('last_recorded_at')} as last_recorded_at,
       archive_file, encode(archive_sha256, 'hex') as archive_sha256, retention_version, retention_days,
       ${printedTime('dropped_at')} as dropped_at, dropped_by
     from audit.tombstone
     where $1::integer is null or id = $1::integer
     order by tombstone.id desc`,
    [id ?? null],
  );
  return rows as TombstoneRow[];
}
