import type { Queryable } from '../queryable';
import { sqlState } from '../sqlstate';

/** SQLSTATE `query_canceled`: the statement timeout was over, or an administrator stopped the query. */
export const QUERY_CANCELED = '57014';

/**
 * Runs statements of a transaction with less time than its statement timeout gives them; when it is over, the transaction goes on.
 *
 * @param ms above 0; the transaction's own timeout counts when that is less
 * @throws what else the database throws
 */
export async function withinTime<T>(
  db: Queryable,
  ms: number,
  work: () => Promise<T>,
): Promise<{ status: 'done'; result: T } | { status: 'too-slow' }> {
  await db.query(`savepoint within_time`);
  // `pg_settings` would tell it as a number, and take a millisecond to list all that there are.
  await db.query(
    `select set_config('statement_timeout', least(
       $1::bigint,
       nullif(extract(epoch from current_setting('statement_timeout')::interval) * 1000, 0)::bigint
     )::text, true)`,
    [Math.max(1, Math.round(ms))],
  );
  let outcome: { status: 'done'; result: T } | { status: 'too-slow' };
  try {
    outcome = { status: 'done', result: await work() };
  } catch (error) {
    if (sqlState(error) !== QUERY_CANCELED) throw error;
    outcome = { status: 'too-slow' };
  }
  // Takes back the timeout; nothing was written.
  await db.query(`rollback to savepoint within_time`);
  return outcome;
}
