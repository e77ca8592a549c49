import { copyIn } from './copy-in';
import type { CopyClient } from './copy-in';
import type { Connection } from './queryable';

/** A connection of one's own that writes. */
export interface OpenConnection extends Connection {
  /** Whether the connection is known to be broken. */
  readonly broken: boolean;
  /** Says goodbye and closes. */
  end(): Promise<void>;
  /** Closes without a word, also towards a server that does not answer; what is under way rejects. */
  destroy(): void;
}

/** What this needs of a `pg.Client`, which fits as it is. */
export interface ConnectionClient extends CopyClient {
  connect(): Promise<unknown>;
  // oxlint-disable-next-line typescript/no-explicit-any -- rows are whatever the statement selects
  query(text: string, values?: unknown[]): Promise<{ rows: any[] }>;
  query(...statement: Parameters<CopyClient['query']>): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
  end(): Promise<void>;
  connection: { stream: { destroy(): unknown } };
}

/**
 * Connects a client, which says itself to whom and how long it waits.
 *
 * @throws when the server cannot be reached or refuses
 * @example
 * const db = await openConnection(new Client({ connectionString, keepAlive: true }));
 */
export async function openConnection(
  client: ConnectionClient,
): Promise<OpenConnection> {
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
