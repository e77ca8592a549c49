import { copyIn } from 'audit-event/store';
import type { Connection } from 'audit-event/store';
import { Client } from 'pg';

const CONNECT_TIMEOUT_MS = 5_000;
/** A statement that takes longer is given up: the sender gets 503 and sends again. */
const STATEMENT_TIMEOUT_MS = 30_000;
/** Nothing was heard for so long: the server is asked whether it is there. */
const KEEP_ALIVE_DELAY_MS = 10_000;

/** A connection of our own to Postgres. */
export interface OpenConnection extends Connection {
  /** Whether the connection is known to be broken. */
  readonly broken: boolean;
  /** Says goodbye and closes. */
  end(): Promise<void>;
  /** Closes without a word, also towards a server that does not answer; what is under way rejects. */
  destroy(): void;
}

/**
 * Opens a connection for writing.
 *
 * @throws when the server cannot be reached within five seconds or refuses
 */
export async function openConnection(
  databaseUrl: string,
): Promise<OpenConnection> {
  const client = new Client({
    connectionString: databaseUrl,
    application_name: 'collector-receiver',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    keepAlive: true,
    // Else it takes the operating system two hours to notice that the server is gone while nothing is sent.
    keepAliveInitialDelayMillis: KEEP_ALIVE_DELAY_MS,
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
