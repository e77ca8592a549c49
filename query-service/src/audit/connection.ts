import { copyIn } from 'audit-event/store';
import type { Connection } from 'audit-event/store';
import { Client } from 'pg';

const CONNECT_TIMEOUT_MS = 5_000;
/** Writes of this service are small; what takes longer waits for something that may not come. */
const STATEMENT_TIMEOUT_MS = 10_000;

/** The connection that writes the service's own events, and what they tell of. */
export interface OpenConnection extends Connection {
  /** Whether the connection is known to be broken. */
  readonly broken: boolean;
  end(): Promise<void>;
  /** Closes without a word, also towards a server that does not answer. */
  destroy(): void;
}

/** @throws when the server cannot be reached within five seconds or refuses */
export async function openConnection(
  databaseUrl: string,
): Promise<OpenConnection> {
  const client = new Client({
    connectionString: databaseUrl,
    application_name: 'otel-audit query-service events',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    keepAlive: true,
  });
  let broken = false;
  client.on('error', () => (broken = true));
  client.on('end', () => (broken = true));
  await client.connect();
  return {
    get broken() {
      return broken;
    },
    query: (text, values) => client.query(text, values),
    copyIn: (statement, pieces) => copyIn(client, statement, pieces),
    end: () => client.end(),
    destroy: () => {
      broken = true;
      client.connection.stream.destroy();
    },
  };
}
