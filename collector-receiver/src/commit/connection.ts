import { openConnection as open } from 'audit-event/store';
import type { OpenConnection } from 'audit-event/store';
import { Client } from 'pg';

export type { OpenConnection } from 'audit-event/store';

const CONNECT_TIMEOUT_MS = 5_000;
/** A statement that takes longer is given up: the sender gets 503 and sends again. */
const STATEMENT_TIMEOUT_MS = 30_000;
/** Nothing was heard for so long: the server is asked whether it is there. */
const KEEP_ALIVE_DELAY_MS = 10_000;

/**
 * Opens a connection for writing.
 *
 * @throws when the server cannot be reached within five seconds or refuses
 */
export function openConnection(databaseUrl: string): Promise<OpenConnection> {
  return open(
    new Client({
      connectionString: databaseUrl,
      application_name: 'collector-receiver',
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      keepAlive: true,
      // Else it takes the operating system two hours to notice that the server is gone while nothing is sent.
      keepAliveInitialDelayMillis: KEEP_ALIVE_DELAY_MS,
    }),
  );
}
