import type { Queryable } from '../queryable';
import { findTombstones } from './find-tombstones';
import type { TombstoneRow } from './find-tombstones';

/** As long the events stay locked for a process that hangs, or a machine that is gone without a word. */
const IDLE_TIMEOUT = '10s';

/** A file that has all events of a month. */
export interface Archive {
  /** Its name, without folder. */
  file: string;
  sha256: Uint8Array;
  events: number;
}

/**
 * Drops a month with all that refers to its events, and leaves a tombstone. Whether it may, the database says: the month is
 * due, no hold is in force on it, the archive has as many events as there are, or none is needed. The tail and changes of
 * holds wait while it counts, other statements only while it drops. Give it a transaction with `BEGIN`, and commit
 * soon after it: the server ends a connection that says nothing for ten seconds from then on.
 *
 * @param month such as `2026-01`
 * @param droppedBy host and process
 * @throws when it may not, or others use the events all the time for ten seconds; nothing is changed then
 * @example
 * const tombstone = await dropMonth(client, '2024-01', archive, 'receiver-1:7');
 */
export async function dropMonth(
  db: Queryable,
  month: string,
  archive: Archive | undefined,
  droppedBy: string,
): Promise<TombstoneRow> {
  const { rows } = await db.query(
    `select set_config('idle_in_transaction_session_timeout', $6::text, true),
       audit.drop_month(to_date($1::text, 'YYYY-MM'), $2::bigint, $3::text, $4::bytea, $5::text) as id`,
    [
      month,
      archive?.events,
      archive?.file,
      archive?.sha256,
      droppedBy,
      IDLE_TIMEOUT,
    ],
  );
  const [tombstone] = await findTombstones(db, rows[0].id as number);
  return tombstone!;
}
