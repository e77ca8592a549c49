import { setTimeout } from 'node:timers/promises';
import { createTestDatabase } from '../../test/src/database';
import type { TestDatabase } from '../../test/src/database';
import { openDatabase } from '../src/database';
import type { Database } from '../src/database';
import { aRow, insertRows } from './events';
import { startProxy } from './proxy';

let test: TestDatabase;
let database: Database;
beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(
    { databaseUrl: test.url, statementTimeoutMs: 500 },
    () => undefined,
  );
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

/** Waits until so many connections sleep. */
async function isAsleep(connections: number): Promise<void> {
  for (;;) {
    const { rows } = await test.pool.query(
      `select count(*)::int as asleep from pg_stat_activity
       where datname = current_database() and wait_event = 'PgSleep'`,
    );
    if (rows[0].asleep === connections) return;
  }
}

const count = `select count(*)::int as events from audit.event`;

it('all statements of a snapshot see one moment', async () => {
  const seen = await database.inSnapshot(async (db) => {
    const before = await db.query(count);
    await insertRows(test.pool, [aRow()]);
    const after = await db.query(count);
    return [before.rows[0].events, after.rows[0].events];
  });
  expect(seen).toEqual([0, 0]);
  expect(await database.inSnapshot((db) => db.query(count))).toMatchObject({
    rows: [{ events: 1 }],
  });
});

it('cannot write where it reads', async () => {
  const write = database.inSnapshot((db) =>
    db.query(`delete from audit.event`),
  );
  await expect(write).rejects.toMatchObject({ code: '25006' });
});

it('stops a statement at the timeout, on both pools', async () => {
  const sleep = `select pg_sleep(30)`;
  await expect(
    database.inSnapshot((db) => db.query(sleep)),
  ).rejects.toMatchObject({ code: '57014' });
  await expect(database.tokens.query(sleep)).rejects.toMatchObject({
    code: '57014',
  });
});

it('survives a server that is gone in the midst of a statement, on all pools', async () => {
  const proxy = await startProxy(test.url);
  const through = openDatabase(
    { databaseUrl: proxy.url, statementTimeoutMs: 30_000 },
    () => undefined,
  );
  const sleep = `select pg_sleep(20)`;
  await through.quick.query(count);
  const waiting = [
    through.inSnapshot((db) => db.query(sleep)),
    through.inScan((db) => db.copyOut(`copy (${sleep}) to stdout`)),
    through.tokens.query(sleep),
  ];
  const ended = Promise.allSettled(waiting);
  await isAsleep(waiting.length);
  // The server itself would stop this one in a moment.
  const quick = Promise.allSettled([through.quick.query(sleep)]);
  await setTimeout(50);
  proxy.cut();
  const outcomes = [...(await ended), ...(await quick)];
  expect(outcomes.map(({ status }) => status)).toEqual(
    outcomes.map(() => 'rejected'),
  );
  proxy.mend();
  await expect(through.quick.query(count)).resolves.toBeDefined();
  await through.close();
  await proxy.close();
});

it('goes on after failures, with as many connections as before', async () => {
  for (let attempt = 0; attempt < 20; attempt++)
    await expect(
      database.inSnapshot((db) => db.query(`select 1 / 0`)),
    ).rejects.toMatchObject({ code: '22012' });
  const { rows } = await database.inSnapshot((db) =>
    db.query(`select current_setting('application_name') as name`),
  );
  expect(rows).toEqual([{ name: 'otel-audit query-service' }]);
});
