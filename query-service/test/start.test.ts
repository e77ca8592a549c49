import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { startQueryService } from 'query-service';
import { createTestDatabase } from '../../test/src/database';
import type { TestDatabase } from '../../test/src/database';
import { startProxy } from './proxy';
import { API_TOKEN, configOf, startTestService } from './service';

const SUPERSEDED =
  'start collector-receiver of this release, which brings the schema up to date';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

describe('refuses to start', () => {
  it('against an older schema, naming both versions', async () => {
    await database.pool.query('delete from audit.migration');
    await expect(startQueryService(configOf(database.url))).rejects.toThrow(
      /^cannot start: the schema version of the database is 0, this release expects \d+; start collector-receiver of this release, which brings the schema up to date$/,
    );
  });

  it('against a database without the schema', async () => {
    await database.pool.query('drop schema audit cascade');
    await expect(startQueryService(configOf(database.url))).rejects.toThrow(
      'cannot start: the schema version of the database is 0',
    );
  });

  it('against a newer schema, naming both versions', async () => {
    await database.pool.query(
      'insert into audit.migration (version) values (999)',
    );
    await expect(startQueryService(configOf(database.url))).rejects.toThrow(
      /^cannot start: the schema version of the database is 999, this release expects \d+; run the query-service of the release that migrated it$/,
    );
  });

  it('without a database', async () => {
    await expect(
      startQueryService(configOf('postgres://127.0.0.1:1/audit')),
    ).rejects.toThrow(
      'cannot start: cannot ask the database: connect ECONNREFUSED 127.0.0.1:1',
    );
  });

  it('on a port that is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as AddressInfo;
    await expect(
      startQueryService({ ...configOf(database.url), port }),
    ).rejects.toThrow(
      `cannot start: cannot listen on AUDIT_QUERY_HOST 127.0.0.1, AUDIT_QUERY_PORT ${port}: listen EADDRINUSE`,
    );
    await new Promise((resolve) => taken.close(resolve));
  });
});

it('is healthy, and ready while the schema is the one it expects', async () => {
  const service = await startTestService({ databaseUrl: database.url });
  try {
    expect((await service.request('/healthz')).body).toEqual({ status: 'ok' });
    expect(await service.request('/readyz')).toMatchObject({
      status: 200,
      body: { status: 'ready' },
    });

    await database.pool.query('delete from audit.migration');
    const { status, body } = await service.request('/readyz');
    expect(status).toBe(503);
    expect(body.status).toBe('not ready');
    expect(body.reason).toContain(SUPERSEDED);
    expect((await service.request('/healthz')).status).toBe(200);
  } finally {
    await service.close();
  }
});

it('answers 503 while the database is away and goes on when it is back', async () => {
  const proxy = await startProxy(database.url);
  const service = await startTestService({ databaseUrl: proxy.url });
  try {
    expect((await service.list()).status).toBe(200);
    proxy.cut();
    const { status, body } = await service.list();
    expect(status).toBe(503);
    expect(body.error).toEqual({
      name: 'ServiceUnavailableError',
      message: 'The database cannot answer now, try again later',
    });
    expect(await service.request('/readyz')).toMatchObject({
      status: 503,
      body: { status: 'not ready' },
    });
    expect((await service.request('/healthz')).status).toBe(200);
    proxy.mend();
    expect((await service.list()).status).toBe(200);
    expect((await service.request('/readyz')).status).toBe(200);
  } finally {
    await service.close();
    await proxy.close();
  }
});

it('finishes what has been asked when it is closed, then answers nobody', async () => {
  const service = await startQueryService(configOf(database.url));
  const client = await database.pool.connect();
  await client.query('begin');
  await client.query('lock table audit.event in access exclusive mode');
  const asked = fetch(`${service.url}/api/audit-log/v1/audit-event`, {
    headers: { authorization: `Bearer ${API_TOKEN}` },
  });
  await waitForLock(client);
  const closed = service.close();
  await client.query('rollback');
  client.release();
  expect((await asked).status).toBe(200);
  await closed;
  await expect(fetch(service.url)).rejects.toThrow('fetch failed');
});

async function waitForLock(db: {
  query: (text: string) => Promise<{ rows: { waiting: boolean }[] }>;
}) {
  for (;;) {
    const { rows } = await db.query(
      `select exists (select from pg_locks where not granted and relation = 'audit.event'::regclass) as waiting`,
    );
    if (rows[0]!.waiting) return;
    await sleep(20);
  }
}
