import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../../src/config';
import type { Logger } from '../../src/logger';
import { holdCommits } from '../kit/hold-commits';
import { statusType } from '../kit/otlp-oracle';
import {
  contentTypes,
  postRequest,
  requestOfRecords,
} from '../kit/otlp-request';
import type { EncodingName } from '../kit/otlp-request';
import { proxiedDatabase } from '../kit/proxied-database';
import { receiverOnPostgres } from '../kit/receiver-on-postgres';
import type { ReceiverOnPostgres } from '../kit/receiver-on-postgres';
import { createTestDatabase } from '../../../test/src/database';
import type { TestDatabase } from '../../../test/src/database';
import type { HttpAnswer } from '../kit/http-request';

const encodings: EncodingName[] = ['protobuf', 'json'];
const MIB = 1024 * 1024;

let database: TestDatabase;
let running: ReceiverOnPostgres[];
beforeEach(async () => {
  database = await createTestDatabase();
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((receiver) => receiver.stop()));
  await database.drop();
});

async function aReceiver(
  config: Partial<Config> = {},
  logger?: Logger,
): Promise<ReceiverOnPostgres> {
  const receiver = await receiverOnPostgres(config, {
    database,
    ...(logger && { logger }),
  });
  running.push(receiver);
  return receiver;
}

const uid = '01980f5e-7c1a-7b3e-9d52-5f0a6b1c2d3e';
const record = (...attributes: [string, string][]) =>
  requestOfRecords({
    timeUnixNano: '1768473000000000001',
    attributes: attributes.map(([key, stringValue]) => ({
      key,
      value: { stringValue },
    })),
  });

async function bytesInFlight(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(/^audit_receiver_in_flight_bytes (\d+)$/m.exec(metrics)?.[1]);
}

/** A Status that says: send again. */
function expectRetryable(answer: HttpAnswer, encoding: EncodingName): void {
  expect(answer.status).toBe(503);
  expect(answer.headers['content-type']).toBe(contentTypes[encoding]);
  expect(answer.headers['retry-after']).toMatch(/^[123]$/);
  const status =
    encoding === 'json'
      ? JSON.parse(answer.body.toString())
      : statusType.toObject(statusType.decode(answer.body));
  expect(status).toEqual({
    code: 14,
    message: expect.stringMatching(/send again$/),
  });
}

describe.each(encodings)('OTLP/HTTP with faults, %s', (encoding) => {
  it('21 database down: 503, nothing stored, taken when it is back', async () => {
    const behind = await proxiedDatabase(database);
    const receiver = await aReceiver({ databaseUrl: behind.url });
    const request = postRequest(encoding, record(['log.record.uid', uid]));
    await behind.goAway();
    expectRetryable(await receiver.send(request), encoding);
    expectRetryable(await receiver.send(request), encoding);
    await behind.comeBack();
    expect((await receiver.take()).events).toEqual([]);
    expect((await receiver.send(request)).status).toBe(200);
    expect((await receiver.take()).events).toMatchObject([{ id: uid }]);
    await behind.goAway();
  });

  it.each([
    ['serialization failure', '40001'],
    ['too many connections', '53300'],
    ['disk full', '53100'],
  ])('21 %s: 503, nothing stored', async (_, sqlState) => {
    const receiver = await aReceiver();
    await database.pool.query(`
      create function fail() returns trigger language plpgsql as
        $$ begin raise exception 'injected' using errcode = '${sqlState}'; end $$;
      create trigger fail before insert on audit.batch execute function fail()`);
    expectRetryable(
      await receiver.send(postRequest(encoding, record())),
      encoding,
    );
    expect(await receiver.take()).toMatchObject({
      events: [],
      ledger: { received: 0 },
    });
  });

  it('22 over the in-flight budget: 503 at once, taken when there is room', async () => {
    const receiver = await aReceiver({
      maxBodyBytes: MIB,
      maxInFlightBytes: MIB,
    });
    const large = postRequest(encoding, record(['big', 'x'.repeat(0.9 * MIB)]));
    const other = postRequest(
      encoding,
      record(['other', 'x'.repeat(0.2 * MIB)]),
    );
    const held = await holdCommits(database);
    // One fills the budget, one more is let in outside of it.
    const both = [receiver.send(large), receiver.send(large)];
    while ((await bytesInFlight(receiver.url)) < 1.8 * MIB) await sleep(10);
    expectRetryable(await receiver.send(other), encoding);
    await held.release();
    for (const answer of both) expect((await answer).status).toBe(200);
    expect((await receiver.send(other)).status).toBe(200);
    expect((await receiver.take()).ledger).toMatchObject({
      received: 3,
      stored: 2,
      duplicate: 1,
    });
  });

  it('23 unhandled exception: 503', async () => {
    const errors: string[] = [];
    const logger: Logger = {
      info: () => undefined,
      warn: () => undefined,
      error(_, message) {
        // The first failure, in the middle of a request, meets a logger that fails itself.
        if (errors.push(message) === 1) throw new Error('disk full');
      },
    };
    const behind = await proxiedDatabase(database);
    const receiver = await aReceiver({ databaseUrl: behind.url }, logger);
    await behind.goAway();
    expectRetryable(
      await receiver.send(postRequest(encoding, record())),
      encoding,
    );
    expect(errors).toHaveLength(1);
  });

  it.each<[string, [string, string][]]>([
    ['with a uid', [['log.record.uid', uid]]],
    ['without an id', [['color', 'blue']]],
  ])(
    '26 the same request twice, %s: 200 both, one row',
    async (_, attributes) => {
      const receiver = await aReceiver();
      const request = postRequest(encoding, record(...attributes));
      for (let i = 0; i < 2; i++)
        expect((await receiver.send(request)).status).toBe(200);
      const { events, ledger, quarantined } = await receiver.take();
      expect(events).toHaveLength(1);
      expect(quarantined).toEqual([]);
      expect(ledger).toMatchObject({ received: 2, stored: 1, duplicate: 1 });
    },
  );

  it('27 the same uid, other content: 200, the first is kept, the conflict quarantined and counted', async () => {
    const receiver = await aReceiver();
    const withColor = (color: string) =>
      postRequest(encoding, record(['log.record.uid', uid], ['color', color]));
    for (const color of ['red', 'blue', 'blue'])
      expect((await receiver.send(withColor(color))).status).toBe(200);
    const metrics = await receiver.send({ method: 'GET', path: '/metrics' });
    expect(metrics.body.toString()).toContain(
      'audit_receiver_records_quarantined_total{reason="id-conflict"} 1',
    );
    const { events, quarantined, ledger } = await receiver.take();
    expect(events).toMatchObject([{ id: uid, meta: { color: 'red' } }]);
    expect(quarantined).toMatchObject([{ reason: 'id-conflict' }]);
    // The third is the second again.
    expect(ledger).toMatchObject({
      received: 3,
      stored: 1,
      duplicate: 1,
      quarantined: 1,
    });
  });
});
