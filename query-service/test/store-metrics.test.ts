import type { Queryable } from 'audit-event/store';
import { loadConfig, runReceiver } from 'collector-receiver';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { jsonRequestOf } from '../../collector-receiver/test/kit/otlp-json';
import { createTestDatabase } from '../../test/src/database';
import type { TestDatabase } from '../../test/src/database';
import { createStoreMetrics } from '../src/store-metrics/store-metrics';

const MINUTE_MS = 60_000;
const quiet = pino({ level: 'silent' });

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

/** The metrics of the database, at times that the test sets. */
function metricsOf(db: Queryable = database.pool) {
  const registry = new Registry();
  const errors: unknown[] = [];
  let nowMs = Date.now();
  const refresh = createStoreMetrics({
    registry,
    inScan: (work) => work(db),
    onError: (error) => errors.push(error),
    now: () => nowMs,
  });
  return {
    errors,
    later: (minutes: number) => void (nowMs += minutes * MINUTE_MS),
    read: async (): Promise<Record<string, string>> => {
      await refresh();
      const lines = (await registry.metrics()).split('\n');
      return Object.fromEntries(
        lines
          .filter((line) => line.startsWith('audit_store_'))
          .map((line) => line.slice('audit_store_'.length).split(' ')),
      );
    },
  };
}

async function storeEvents(...records: string[]): Promise<void> {
  const receiver = await runReceiver(
    loadConfig({
      AUDIT_DATABASE_URL: database.url,
      AUDIT_RECEIVER_HTTP_PORT: '0',
      AUDIT_RECEIVER_GRPC_PORT: '0',
    }),
    quiet,
  );
  for (const record of records)
    await fetch(`${receiver.url}/v1/logs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: jsonRequestOf(record),
    });
  await receiver.close();
}

const record = (seconds: number) =>
  `{"timeUnixNano":"${BigInt(seconds) * 1_000_000_000n}"}`;

it('tells of an empty store', async () => {
  const { read, errors } = metricsOf();
  const metrics = await read();
  expect(metrics).toMatchObject({
    events: '0',
    due_months: '0',
    dropped_events: '0',
    unfinished_operations: '0',
    ledger_differences_total: '0',
    read_failures_total: '0',
    'streams{state="incomplete"}': '0',
    'missing_records{declared="false"}': '0',
  });
  expect(metrics).not.toHaveProperty('last_batch_timestamp_seconds');
  expect(errors).toEqual([]);
});

it('tells what is stored, and how old it was when it came', async () => {
  const now = Math.floor(Date.now() / 1_000);
  await storeEvents(record(now - 100));
  const metrics = await metricsOf().read();
  expect(metrics).toMatchObject({ events: '1' });
  expect(Number(metrics['event_lag_seconds{quantile="0.99"}'])).toBeCloseTo(
    100,
    -2,
  );
  expect(
    Number(metrics['last_batch_timestamp_seconds']),
  ).toBeGreaterThanOrEqual(now);
});

it('tells of what never came, of operations without outcome and of retention', async () => {
  await database.pool.query(
    `insert into audit.stream (id, arrived, declared, highest_seq, last_recorded_at)
       values (gen_random_uuid(), '{[0,4),[9,10)}', '{[4,6)}', 9, now());
     insert into audit.unfinished_operation (operation_id, event_time, id)
       values (gen_random_uuid(), now(), gen_random_uuid());
     insert into audit.tombstone (month, events, retention_version, retention_days, dropped_by)
       select '2020-01-01', 41, version, 30, 'test' from audit.retention`,
  );
  expect(await metricsOf().read()).toMatchObject({
    'streams{state="incomplete"}': '1',
    'missing_records{declared="true"}': '2',
    'missing_records{declared="false"}': '3',
    unfinished_operations: '1',
    dropped_events: '41',
  });
});

it('compares the ledger every ten minutes, all of it once, and counts what differs', async () => {
  const { read, later } = metricsOf();
  await read();
  await storeEvents(record(1_709_251_200), record(1_709_251_201));
  later(11);
  expect(await read()).toMatchObject({
    ledger_checked_batches_total: '2',
    ledger_differences_total: '0',
  });
  await storeEvents(record(1_709_251_202));
  // By its owner, whom nothing keeps from it; recorded after what was compared.
  await database.pool.query(
    `update audit.batch set recorded_at = now() + interval '12 minutes' where receiver_id = (select max(receiver_id) from audit.batch);
     delete from audit.event where event_time = to_timestamp(1709251202)`,
  );
  later(11);
  expect(await read()).toMatchObject({
    ledger_checked_batches_total: '3',
    ledger_differences_total: '1',
  });
  later(11);
  expect(await read()).toMatchObject({
    ledger_checked_batches_total: '3',
    ledger_differences_total: '1',
  });
});

it('catches up after a time in which nobody scraped, and leaves nothing out', async () => {
  const { read, later } = metricsOf();
  await storeEvents(record(1_709_251_200));
  await database.pool.query(
    `update audit.batch set recorded_at = now() + interval '5 minutes';
     delete from audit.event`,
  );
  later(180);
  expect(await read()).toMatchObject({
    ledger_checked_batches_total: '1',
    ledger_differences_total: '1',
  });
  const after = async () =>
    Number((await read())['ledger_checked_timestamp_seconds']);
  const first = await after();
  later(1);
  expect((await after()) - first).toBeCloseTo(600, 0);
});

it('shows the store also while the ledger cannot be compared, and tries again with less', async () => {
  let isSlow = false;
  const { read, later, errors } = metricsOf({
    query: (text, values) =>
      isSlow && text.includes('receiver_seq')
        ? Promise.reject(new Error('too slow'))
        : database.pool.query(text, values),
  });
  const first = await read();
  isSlow = true;
  later(30);
  const metrics = await read();
  expect(errors).toEqual([new Error('too slow')]);
  expect(metrics).toMatchObject({ events: '0', read_failures_total: '1' });
  isSlow = false;
  later(1);
  const checkedTo = (from: Record<string, string>) =>
    Number(from['ledger_checked_timestamp_seconds']);
  expect(checkedTo(await read()) - checkedTo(first)).toBeCloseTo(300, 0);
});

it('counts a batch that is gone', async () => {
  const { read, later } = metricsOf();
  await storeEvents(record(1_709_251_200));
  await database.pool.query(
    `update audit.batch set receiver_seq = 2, recorded_at = now() where receiver_seq = 1;
     update audit.event set receiver_seq = 2, recorded_at = (select max(recorded_at) from audit.batch)`,
  );
  later(11);
  expect(await read()).toMatchObject({ ledger_differences_total: '1' });
});

it('asks the database once a minute at most, and shows nothing rather than what was true once', async () => {
  const { read, later, errors } = metricsOf();
  await read();
  await storeEvents(record(1_709_251_200));
  expect(await read()).toMatchObject({ events: '0' });
  later(2);
  expect(await read()).toMatchObject({ events: '1' });
  await database.pool.query('alter table audit.event_count rename to other');
  later(2);
  const metrics = await read();
  expect(metrics).toMatchObject({ read_failures_total: '1' });
  expect(metrics).not.toHaveProperty('events');
  expect(errors).toHaveLength(1);
});
