import type { Queryable } from 'audit-event/store';
import { Pool } from 'pg';
import type { PoolConfig } from 'pg';
import type { Config } from './config';

/** Queries at the same time; more of them wait for a connection. */
const READ_CONNECTIONS = 8;

/** For tokens: slow queries must not keep anybody from signing in. */
const TOKEN_CONNECTIONS = 2;

const CONNECT_TIMEOUT_MS = 5_000;

/** The server stops a query at the statement timeout; this long after it the service stops waiting for the server. */
const ANSWER_GRACE_MS = 5_000;

export interface Database {
  /** Runs `work` in a read-only transaction of which all statements see one moment. */
  inSnapshot<T>(work: (db: Queryable) => Promise<T>): Promise<T>;
  /** Reads and writes tokens. */
  tokens: Queryable;
  close(): Promise<void>;
}

/**
 * Opens the pools of the service; connections are made when they are needed.
 *
 * @param onError hears of connections that are lost while nobody uses them
 */
export function openDatabase(
  config: Pick<Config, 'databaseUrl' | 'statementTimeoutMs'>,
  onError: (error: Error) => void,
): Database {
  const shared: PoolConfig = {
    connectionString: config.databaseUrl,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: config.statementTimeoutMs,
    query_timeout: config.statementTimeoutMs + ANSWER_GRACE_MS,
  };
  const reads = new Pool({
    ...shared,
    application_name: 'otel-audit query-service',
    options: '-c default_transaction_read_only=on',
    max: READ_CONNECTIONS,
  });
  const tokens = new Pool({
    ...shared,
    application_name: 'otel-audit query-service tokens',
    max: TOKEN_CONNECTIONS,
  });
  reads.on('error', onError);
  tokens.on('error', onError);

  return {
    inSnapshot: (work) => inSnapshot(reads, work),
    tokens,
    async close() {
      await Promise.all([reads.end(), tokens.end()]);
    },
  };
}

async function inSnapshot<T>(
  pool: Pool,
  work: (db: Queryable) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    const result = await work(client);
    await client.query('commit');
    client.release();
    return result;
  } catch (error) {
    // The connection may be in any state, a query still running on it among them: it is closed, not reused.
    client.release(true);
    throw error;
  }
}
