import { randomUUID } from 'node:crypto';
import { aRow, insertRows } from './events';
import { API_TOKEN, configOf, startTestService } from './service';
import { startQueryService } from 'query-service';
import { createTestDatabase } from '../../test/src/database';
import { startProxy } from './proxy';
import type { TestDatabase } from '../../test/src/database';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

const told = async () =>
  (
    await database.pool.query(
      `select event_id, status, severity_level, actor_type, actor_id, request_method, request_url, request_query, action_type, meta, operation_id
       from audit.event where plugin_id = 'audit-log' order by event_time, id`,
    )
  ).rows;

it('who reads is in the log before he sees anything, and once for the same, with how often and how much', async () => {
  const service = await startTestService({ databaseUrl: database.url });
  await insertRows(database.pool, [aRow(), aRow({ id: randomUUID() })]);
  const range = 'start_time=2026-01-01T00:00:00Z&end_time=2026-02-01T00:00:00Z';
  await service.list(`plugin_id=catalog&${range}`);
  const begun = {
    event_id: 'events-read',
    status: 'initiated',
    severity_level: 'low',
    actor_type: 'service',
    actor_id: 'audit-log-api-access',
    request_method: 'GET',
    request_url: '/api/audit-log/v1/audit-event',
    request_query: `plugin_id=catalog&${range}`,
    action_type: 'read',
    meta: { filter: 'plugin_id=catalog' },
    operation_id: expect.any(String),
  };
  expect(await told()).toEqual([begun]);

  await service.list(`limit=1&plugin_id=catalog&offset=1&${range}`);
  expect(await told()).toHaveLength(1);
  await service.list(`plugin_id=other&${range}`);
  expect(await told()).toHaveLength(2);

  await service.close();
  const [first, , ...ends] = await told();
  expect(ends).toHaveLength(2);
  expect(
    ends.find(({ operation_id }) => operation_id === first.operation_id),
  ).toEqual({
    ...begun,
    status: 'succeeded',
    meta: { filter: 'plugin_id=catalog', reads: 2, rows: 3 },
  });
});

it('shows nothing while it cannot be told', async () => {
  const service = await startTestService({ databaseUrl: database.url });
  await database.pool.query(
    `create function audit.refuse() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$`,
  );
  await database.pool.query(
    `create trigger refuse before insert on audit.batch execute function audit.refuse()`,
  );
  expect((await service.list()).status).toBe(500);
  await database.pool.query(`drop trigger refuse on audit.batch`);
  expect((await service.list()).status).toBe(200);
  await service.close();
});

it('goes on after the connection was lost, with a ledger that adds up', async () => {
  const proxy = await startProxy(database.url);
  const service = await startQueryService(configOf(proxy.url));
  const ask = async (plugin: string) =>
    (
      await fetch(
        `${service.url}/api/audit-log/v1/audit-event?plugin_id=${plugin}`,
        { headers: { authorization: `Bearer ${API_TOKEN}` } },
      )
    ).status;
  expect(await ask('a')).toBe(200);
  proxy.cut();
  expect(await ask('b')).toBe(503);
  proxy.mend();
  expect(await ask('c')).toBe(200);
  await service.close();
  await proxy.close();
  const { rows } = await database.pool.query(
    `select instance, is_gapless, received = stored + duplicate as adds_up from audit.ledger order by receiver_id`,
  );
  const ledger = {
    instance: expect.stringMatching(/^query-service .*:\d+$/),
    is_gapless: true,
    adds_up: true,
  };
  expect(rows.length).toBeGreaterThan(1);
  expect(rows).toEqual(rows.map(() => ledger));
  const filters = (await told()).map(({ status, meta }) => [
    status,
    meta.filter,
  ]);
  expect(filters).toEqual(
    expect.arrayContaining([
      ['initiated', 'plugin_id=a'],
      ['initiated', 'plugin_id=c'],
      ['succeeded', 'plugin_id=a'],
      ['succeeded', 'plugin_id=c'],
    ]),
  );
});

it('many who read at once share commits, and each is told of', async () => {
  const service = await startTestService({ databaseUrl: database.url });
  const plugins = Array.from({ length: 50 }, (_, i) => `plugin-${i}`);
  const answers = await Promise.all(
    plugins.map((plugin) => service.list(`plugin_id=${plugin}`)),
  );
  expect(answers.every(({ status }) => status === 200)).toBe(true);
  const { rows } = await database.pool.query(
    `select count(*)::integer as batches, sum(stored)::integer as stored from audit.batch`,
  );
  expect(rows[0].stored).toBe(50);
  expect(rows[0].batches).toBeLessThan(50);
  await service.close();
});
