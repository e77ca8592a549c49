import { readEvents } from 'audit-event/store';
import type { StoredEvent } from 'audit-event/store';
import { createTestDatabase } from '../../../test/src/database';
import type { TestDatabase } from '../../../test/src/database';
import { loadConfig } from '../../src/config';
import type { Config } from '../../src/config';
import type { Logger } from '../../src/logger';
import { runReceiver } from '../../src/run';
import { httpRequest } from './http-request';
import type { HttpAnswer, HttpRequest } from './http-request';
import { recordingLogger } from './recording-logger';

/** What requests left in the database. */
export interface Stored {
  events: StoredEvent[];
  quarantined: { reason: string; encoding: string; raw: Buffer }[];
  /** Sums over the batches. */
  ledger: {
    received: number;
    stored: number;
    duplicate: number;
    excluded: number;
    quarantined: number;
  };
}

export interface ReceiverOnPostgres {
  url: string;
  database: TestDatabase;
  send(request: HttpRequest): Promise<HttpAnswer>;
  /** What is in the database, in order of arrival, which is then empty again. */
  take(): Promise<Stored>;
  /** Stops the receiver, not its database. */
  close(): Promise<void>;
  stop(): Promise<void>;
}

/** Runs the whole receiver on a database of its own, or behind `databaseUrl` on the one given. */
export async function receiverOnPostgres(
  config: Partial<Config> = {},
  {
    database,
    logger = recordingLogger().logger,
  }: { database?: TestDatabase; logger?: Logger } = {},
): Promise<ReceiverOnPostgres> {
  const own = database ?? (await createTestDatabase());
  const env = {
    AUDIT_DATABASE_URL: own.url,
    AUDIT_RECEIVER_HTTP_PORT: '0',
    AUDIT_RECEIVER_GRPC_PORT: '0',
  };
  const server = await runReceiver({ ...loadConfig(env), ...config }, logger);
  let closed: Promise<void> | undefined;
  return {
    url: server.url,
    database: own,
    send: (request) => httpRequest(server.url, request),
    take: () => take(own),
    close: () => (closed ??= server.close()),
    async stop() {
      await (closed ??= server.close());
      if (database === undefined) await own.drop();
    },
  };
}

async function take({ pool }: TestDatabase): Promise<Stored> {
  const { rows: ids } = await pool.query(
    `select id from audit.event order by receiver_id, receiver_seq, batch_index`,
  );
  const order = ids.map((row) => row.id as string);
  const events = await readEvents(pool, order);
  const { rows: quarantined } = await pool.query(
    `select reason, encoding, raw from audit.quarantine order by receiver_seq, reason`,
  );
  const { rows: sums } = await pool.query(
    `select coalesce(sum(received), 0)::integer as received, coalesce(sum(stored), 0)::integer as stored,
       coalesce(sum(duplicate), 0)::integer as duplicate, coalesce(sum(excluded), 0)::integer as excluded,
       coalesce(sum(quarantined), 0)::integer as quarantined
     from audit.batch`,
  );
  await pool.query(
    `truncate audit.event, audit.quarantine, audit.batch, audit.exclusion_count, audit.resource`,
  );
  const places = new Map(order.map((id, i) => [id, i]));
  events.sort((a, b) => places.get(a.id)! - places.get(b.id)!);
  return { events, quarantined, ledger: sums[0] };
}
