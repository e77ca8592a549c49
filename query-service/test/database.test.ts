import { createTestDatabase } from '../../test/src/database';
import type { TestDatabase } from '../../test/src/database';
import { openDatabase } from '../src/database';
import type { Database } from '../src/database';
import { aRow, insertRows } from './events';

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
