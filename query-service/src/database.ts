import { copyOut, QUERY_CANCELED, sqlState } from 'audit-event/store';
import type { CopySource, Queryable } from 'audit-event/store';
import { Pool } from 'pg';
import type { PoolConfig } from 'pg';
import type { Config } from './config';

/** Queries at the same time; more of them wait for a connection. */
const READ_CONNECTIONS = 8;

/** Queries of one statement, which is stopped after this: what takes longer is for another connection. */
const QUICK_CONNECTIONS = 8;
const QUICK_MS = 250;

/** Queries that read much at the same time: pages do not wait for them, and the receiver keeps most of the machine. */
const SCAN_CONNECTIONS = 3;

/** For tokens: slow queries must not keep anybody from signing in. */
const TOKEN_CONNECTIONS = 2;

const CONNECT_TIMEOUT_MS = 5_000;

/** A connection that nobody used for so long is closed. A new one knows no tables yet, and takes ten times as long for its first page. */
const IDLE_MS = 600_000;

/** The server stops a query at the statement timeout; this long after it the service stops waiting for the server. */
const ANSWER_GRACE_MS = 5_000;

/** Settings of the sessions that read. */
const READING = {
  default_transaction_read_only: 'on',
  // To compile a plan takes longer than most of these run.
  jit: 'off',
  // As on a disk without moving parts. By the default, which is for others, half a month that was just written is rather read
  // from one end to the other than by its index.
  random_page_cost: '1.1',
};
/** Groups are told apart in one go, without sorting millions of rows on the disk first. */
const SCAN_MEMORY = '32MB';

export interface Database {
  /**
   * Runs a read-only statement in one round trip. After a quarter of a second it is stopped, with SQLSTATE 57014: who can do
   * with less asks for that in a snapshot.
   */
  quick: Queryable;
  /** Runs `work` in a read-only transaction of which all statements see one moment. */
  inSnapshot<T>(work: (db: Queryable) => Promise<T>): Promise<T>;
  /** The same for work that reads much, over few connections of its own. */
  inScan: <T>(work: (db: CopySource) => Promise<T>) => Promise<T>;
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
  config: Pick<
    Config,
    'databaseUrl' | 'readDatabaseUrl' | 'statementTimeoutMs'
  >,
  onError: (error: Error) => void,
): Database {
  const shared: PoolConfig = {
    connectionString: config.databaseUrl,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: IDLE_MS,
    statement_timeout: config.statementTimeoutMs,
    query_timeout: config.statementTimeoutMs + ANSWER_GRACE_MS,
  };
  const reading: PoolConfig = {
    ...shared,
    connectionString: config.readDatabaseUrl ?? config.databaseUrl,
    options: optionsOf(READING),
  };
  const quick = new Pool({
    ...reading,
    application_name: 'otel-audit query-service quick',
    statement_timeout: Math.min(QUICK_MS, config.statementTimeoutMs),
    max: QUICK_CONNECTIONS,
  });
  const reads = new Pool({
    ...reading,
    application_name: 'otel-audit query-service',
    max: READ_CONNECTIONS,
  });
  const scans = new Pool({
    ...reading,
    application_name: 'otel-audit query-service scans',
    options: optionsOf({ ...READING, work_mem: SCAN_MEMORY }),
    // Whoever has no connection by then is told to come again.
    connectionTimeoutMillis: config.statementTimeoutMs + CONNECT_TIMEOUT_MS,
    max: SCAN_CONNECTIONS,
  });
  const tokens = new Pool({
    ...shared,
    application_name: 'otel-audit query-service tokens',
    max: TOKEN_CONNECTIONS,
  });
  const pools = [quick, reads, scans, tokens];
  for (const pool of pools) {
    // A server that stops with the service may be the first to end a connection.
    pool.on('error', (error) => {
      if (!pool.ending) onError(error);
    });
    // While a connection is in use its pool does not listen, and to lose it would end the process. Its queries tell of it.
    pool.on('connect', (client) => client.on('error', () => undefined));
  }

  return {
    quick: { query: (text, values) => queryOnce(quick, text, values) },
    inSnapshot: (work) => inSnapshot(reads, work),
    inScan: (work) => inSnapshot(scans, work),
    tokens,
    async close() {
      await Promise.all(pools.map((pool) => pool.end()));
    },
  };
}

function optionsOf(settings: Record<string, string>): string {
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ');
}

async function queryOnce(
  pool: Pool,
  text: string,
  values?: unknown[],
): ReturnType<Queryable['query']> {
  const client = await pool.connect();
  try {
    const result = await client.query(text, values);
    client.release();
    return result;
  } catch (error) {
    // A statement that was stopped leaves its connection as good as it was, which the pool itself would not believe.
    client.release(sqlState(error) !== QUERY_CANCELED);
    throw error;
  }
}

async function inSnapshot<T>(
  pool: Pool,
  work: (db: CopySource) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  const db: CopySource = {
    query: (text, values) => client.query(text, values),
    copyOut: (statement) => copyOut(client, statement),
  };
  try {
    await client.query('begin isolation level repeatable read read only');
    const result = await work(db);
    await client.query('commit');
    client.release();
    return result;
  } catch (error) {
    // The connection may be in any state, a query still running on it among them: it is closed, not reused.
    client.release(true);
    throw error;
  }
}
