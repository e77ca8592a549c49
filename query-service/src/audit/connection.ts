import { openConnection as open } from 'audit-event/store';
import type { OpenConnection } from 'audit-event/store';
import { Client } from 'pg';

const CONNECT_TIMEOUT_MS = 5_000;
/** Writes of this service are small; what takes longer waits for something that may not come. */
const STATEMENT_TIMEOUT_MS = 10_000;

/**
 * Opens the connection that writes the service's own events, and what they tell of.
 *
 * @throws when the server cannot be reached within five seconds or refuses
 */
export function openConnection(databaseUrl: string): Promise<OpenConnection> {
  return open(
    new Client({
      connectionString: databaseUrl,
      application_name: 'otel-audit query-service events',
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      keepAlive: true,
    }),
  );
}
