import type { Queryable } from '../queryable';
import type { RetentionRow } from './find-retention';

/** Any number that nothing else in the database locks. */
const RETENTION_LOCK = 74_204_320;

/** Makes changes of the retention wait for each other until the transaction ends: what is read after it, stays. */
export async function lockRetention(db: Queryable): Promise<void> {
  await db.query(`select pg_advisory_xact_lock($1::bigint)`, [RETENTION_LOCK]);
}

/**
 * Brings another retention into force, as the next version. Call `lockRetention` first.
 *
 * @param changedBy who, for the history
 */
export async function addRetentionVersion(
  db: Queryable,
  {
    version,
    days,
    drop_without_archive,
  }: Pick<RetentionRow, 'version' | 'days' | 'drop_without_archive'>,
  changedBy: string,
): Promise<void> {
  await db.query(
    `insert into audit.retention (version, days, drop_without_archive, changed_by)
     values ($1::integer, $2::integer, $3::boolean, $4::text)`,
    [version, days, drop_without_archive, changedBy],
  );
}
