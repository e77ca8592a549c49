import { QUERY_CANCELED } from 'audit-event/store';
import { HttpError } from './http-error';

/**
 * The database cannot be reached, or asks to be left alone for now: class 08 (connection), 28 and 3D000 (it does not
 * let us in), 40 (a standby cancelled the query), 53 (out of connections, memory, disk), 57P01 to 57P03 (shutting down,
 * starting up), 58030 (its disk fails), and Node's own network errors.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const UNAVAILABLE_CODE =
  /^(08\w{3}|28\w{3}|3D000|40\w{3}|53\w{3}|57P0[123]|58030|ECONN\w+|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|ENOENT)$/;

/** What `pg` says, without a code, when it gives up on a connection, be it because something came that it did not ask for. */
const UNAVAILABLE_MESSAGE =
  /^(Connection terminated|Received unexpected|timeout expired|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|Client was closed|Cannot use a pool after calling end)/;

/**
 * A failed query as the client is told of it, undefined when it is not the database's state but a fault of ours.
 *
 * @param error what `pg` threw
 */
export function databaseError(error: unknown): HttpError | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code = '' } = error as { code?: string };
  if (code === QUERY_CANCELED)
    return new HttpError(
      'ServiceUnavailableError',
      'The query was stopped because it took too long: narrow start_time and end_time, filter by actor_id, entity_ref or plugin_id, or use a smaller offset',
      { cause: error },
    );
  if (UNAVAILABLE_CODE.test(code) || UNAVAILABLE_MESSAGE.test(error.message))
    return new HttpError(
      'ServiceUnavailableError',
      'The database cannot answer now, try again later',
      { cause: error },
    );
  return undefined;
}
