import { setTimeout as sleep } from 'node:timers/promises';
import { toLogRecord } from 'audit-event';
import type { AuditEvent } from 'audit-event';
import { protobufEncoding } from 'auditor-otel';
import { anAuditEvent } from '../src/audit-events';
import { startChild } from '../src/child';
import type { Child } from '../src/child';
import { createTestDatabase } from '../src/database';
import type { TestDatabase } from '../src/database';
import { freePort } from '../src/free-port';

const KILLS = 6;
const EVENTS_PER_REQUEST = 20;
const SENDERS = 4;
/** When a sender stops trying, so that a receiver that never comes back is a failure and not a wait. */
const GIVE_UP_MS = 60_000;

const encoding = protobufEncoding();
const source = { resource: { 'service.name': 'kill-test' } };

function encode(events: AuditEvent[]): Uint8Array {
  return encoding.encodeRequest(
    source,
    events.map((event) => encoding.encodeRecord(toLogRecord(event))),
  );
}

describe('a receiver that is killed', () => {
  let database: TestDatabase;
  let receiver: Child;
  let port: number;

  beforeAll(async () => {
    database = await createTestDatabase();
    port = await freePort();
    await startReceiver();
  });
  afterAll(async () => {
    await receiver.kill('SIGKILL');
    await database.drop();
  });

  async function startReceiver(): Promise<void> {
    receiver = startChild('collector-receiver/dist/main.js', [], {
      AUDIT_DATABASE_URL: database.url,
      AUDIT_RECEIVER_HTTP_PORT: String(port),
      AUDIT_RECEIVER_GRPC_PORT: '0',
    });
    await receiver.prints('listening on');
    while (!(await isReady())) await sleep(20);
  }

  const url = (path: string) => `http://127.0.0.1:${port}${path}`;
  const isReady = () =>
    fetch(url('/readyz')).then(
      (answer) => answer.ok,
      () => false,
    );
  const post = (body: Uint8Array) =>
    fetch(url('/v1/logs'), {
      method: 'POST',
      headers: { 'content-type': 'application/x-protobuf' },
      body: Buffer.from(body),
    }).then(
      (answer) => answer.status === 200,
      () => false,
    );

  it('loses nothing that it acknowledged, and stores nothing twice', async () => {
    const acknowledged: string[] = [];
    const sent: string[] = [];
    const deadline = Date.now() + GIVE_UP_MS;
    const stop = new AbortController();

    /** Sends as an OpenTelemetry sender does: the same bytes again until they are acknowledged. */
    async function sendOn(): Promise<void> {
      while (!stop.signal.aborted) {
        const events = Array.from({ length: EVENTS_PER_REQUEST }, () =>
          anAuditEvent(),
        );
        const ids = events.map(({ id }) => id);
        sent.push(...ids);
        const body = encode(events);
        while (!(await post(body))) {
          if (Date.now() > deadline) throw new Error('never acknowledged');
          await sleep(10);
        }
        acknowledged.push(...ids);
      }
    }

    const senders = Array.from({ length: SENDERS }, sendOn);
    try {
      for (let kill = 0; kill < KILLS; kill++) {
        await sleep(50 + Math.random() * 300);
        await receiver.kill('SIGKILL');
        await startReceiver();
      }
    } finally {
      stop.abort();
    }
    await Promise.all(senders);

    const { rows } = await database.pool.query(
      `select count(*)::integer as rows, count(distinct id)::integer as ids,
         count(*) filter (where id = any ($1::uuid[]))::integer as acknowledged
       from audit.event`,
      [acknowledged],
    );
    expect(acknowledged.length).toBeGreaterThan(KILLS * EVENTS_PER_REQUEST);
    expect(rows[0]).toEqual({
      rows: sent.length,
      ids: sent.length,
      acknowledged: acknowledged.length,
    });
    const ledger = await database.pool.query(
      `select sum(received - stored - duplicate - excluded - quarantined)::integer as missing,
         sum(stored)::integer as stored
       from audit.batch`,
    );
    expect(ledger.rows[0]).toEqual({ missing: 0, stored: sent.length });
  });

  it('stores a request that comes twice once', async () => {
    const events = [anAuditEvent(), anAuditEvent()];
    const body = encode(events);
    expect(await post(body)).toBe(true);
    expect(await post(body)).toBe(true);
    const { rows } = await database.pool.query(
      `select id from audit.event where id = any ($1::uuid[])`,
      [events.map(({ id }) => id)],
    );
    expect(rows).toHaveLength(2);
  });
});
