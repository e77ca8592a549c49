import { dropMonth, ensureMonth, schemaVersion } from 'audit-event/store';
import {
  loadConfig as loadReceiverConfig,
  runReceiver,
} from 'collector-receiver';
import type { Receiver } from 'collector-receiver';
import {
  loadConfig as loadQueryConfig,
  startQueryService,
} from 'query-service';
import type { RunningQueryService } from 'query-service';
import { pino } from 'pino';
import { Pool } from 'pg';
import { startJobs } from '../../collector-receiver/src/jobs/start-jobs';
import { jsonRequestOf } from '../../collector-receiver/test/kit/otlp-json';
import { createTestDatabase } from '../src/database';
import type { TestDatabase } from '../src/database';
import { loginAs } from '../src/login-as';
import type { Login } from '../src/login-as';

const ROLES = ['audit_receiver', 'audit_query', 'audit_reader'] as const;
const SECRETS = ['cursor_key', 'session', 'token'];
const ADMIN = 'token-of-the-administrator';

let database: TestDatabase;
let logins: Record<(typeof ROLES)[number], Login>;
const pools: Pool[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  const made = [];
  for (const role of ROLES)
    made.push([role, await loginAs(database.pool, database.url, role)]);
  logins = Object.fromEntries(made);
});
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  for (const login of Object.values(logins)) await login.drop();
  await database.drop();
});

function as(role: (typeof ROLES)[number]): Pool {
  const pool = new Pool({ connectionString: logins[role].url, max: 2 });
  pools.push(pool);
  return pool;
}

const DENIED = '42501';

describe.each(ROLES)('%s', (role) => {
  it.each([
    `update audit.event set actor_id = 'nobody'`,
    `delete from audit.event`,
    `truncate audit.event`,
    `drop table audit.event_past`,
    `insert into audit.event_past select * from audit.event`,
    `delete from audit.batch`,
    `update audit.batch set received = 0`,
    `delete from audit.quarantine`,
    `delete from audit.tombstone`,
    `delete from audit.dropped_count`,
    `delete from audit.hold`,
    `delete from audit.retention`,
    `update audit.retention set changed_at = '2020-01-01'`,
    `insert into audit.retention (version, days, changed_at, changed_by) values (9, 1, '2020-01-01', 'me')`,
    `update audit.hold set created_at = now()`,
    `alter table audit.event disable trigger all`,
    `create table audit.mine ()`,
  ])('may not %s', async (sql) => {
    await expect(as(role).query(sql)).rejects.toMatchObject({ code: DENIED });
  });
});

it.each(['audit_query', 'audit_reader'] as const)(
  '%s may not drop a month',
  async (role) => {
    await expect(
      dropMonth(as(role), '2024-03', undefined, 'me'),
    ).rejects.toMatchObject({ code: DENIED });
  },
);

it('a month under a legal hold is not dropped, even by the role that drops months', async () => {
  const receiver = as('audit_receiver');
  await ensureMonth(receiver, 2024 * 12 + 2);
  await database.pool.query(
    `insert into audit.retention (version, days, drop_without_archive, changed_at, changed_by)
     values (2, 30, true, now() - interval '2 days', 'test')`,
  );
  await as('audit_query').query(
    `insert into audit.hold (id, reason, created_by) values (gen_random_uuid(), 'case 7', 'test')`,
  );
  const drop = () => dropMonth(receiver, '2024-03', undefined, 'me');
  await expect(drop()).rejects.toThrow('a legal hold is in force');
  await as('audit_query').query(
    `update audit.hold set released_at = now(), released_by = 'test', release_reason = 'settled'`,
  );
  await expect(drop()).rejects.toThrow('expected a month that is due');
  await database.pool.query(
    `update audit.hold set released_at = now() - interval '25 hours'`,
  );
  expect(await drop()).toMatchObject({ month: '2024-03', events: 0 });
});

it('the reader sees every table but those with secrets, and no hash of a token', async () => {
  const { rows } = await database.pool.query(
    `select relname as name, has_table_privilege('audit_reader', oid, 'select') as may
     from pg_class
     where relnamespace = 'audit'::regnamespace and relkind in ('r', 'p', 'v') and not relispartition
     order by relname collate "C"`,
  );
  expect(rows.filter(({ may }) => !may).map(({ name }) => name)).toEqual(
    SECRETS,
  );
  await expect(
    as('audit_reader').query('select secret_sha256 from audit.token'),
  ).rejects.toMatchObject({ code: DENIED });
  expect(await schemaVersion(as('audit_reader'))).toBeGreaterThan(0);
});

it("the receiver's role cannot migrate, and says who should", async () => {
  const empty = await createTestDatabase('template0');
  const login = await loginAs(empty.pool, empty.url, 'audit_receiver');
  const quiet = pino({ level: 'silent' });
  await expect(
    runReceiver(loadReceiverConfig({ AUDIT_DATABASE_URL: login.url }), quiet),
  ).rejects.toThrow('may not migrate the database');
  await login.drop();
  await empty.drop();
});

describe('services that connect as their roles', () => {
  let receiver: Receiver;
  let query: RunningQueryService;
  const logged: string[] = [];
  const logger = pino(
    { level: 'warn' },
    { write: (line) => void logged.push(line) },
  );
  beforeAll(async () => {
    const env = {
      AUDIT_RECEIVER_HTTP_PORT: '0',
      AUDIT_RECEIVER_GRPC_PORT: '0',
      AUDIT_QUERY_PORT: '0',
      AUDIT_ADMIN_TOKEN: ADMIN,
    };
    receiver = await runReceiver(
      loadReceiverConfig({
        ...env,
        AUDIT_DATABASE_URL: logins.audit_receiver.url,
      }),
      logger,
    );
    query = await startQueryService(
      loadQueryConfig({
        ...env,
        AUDIT_DATABASE_URL: logins.audit_query.url,
        AUDIT_QUERY_READ_DATABASE_URL: logins.audit_reader.url,
      }),
      { logger },
    );
  });
  afterAll(async () => {
    await query.close();
    await receiver.close();
  });

  const send = () =>
    fetch(`${receiver.url}/v1/logs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: jsonRequestOf('{"timeUnixNano":"1709251200000000000"}'),
    });
  const ask = async (
    method: string,
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ) => {
    const answer = await fetch(`${query.url}/api/audit-log${path}`, {
      method,
      headers: {
        authorization: `Bearer ${ADMIN}`,
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body ? JSON.stringify(body) : null,
    });
    const text = await answer.text();
    return { status: answer.status, body: text ? safeJson(text) : undefined };
  };

  it('store what comes, what comes twice, and what is late', async () => {
    expect((await send()).status).toBe(200);
    expect((await send()).status).toBe(200);
    const { rows } = await database.pool.query(
      `select sum(stored)::integer as stored, sum(duplicate)::integer as duplicate from audit.batch where min_event_time < '2025-01-01'`,
    );
    expect(rows).toEqual([{ stored: 1, duplicate: 1 }]);
  });

  it.each([
    '/v1/audit-event',
    '/v2/events',
    '/v2/facets?field=plugin_id',
    '/v2/histogram',
    '/v2/stats',
    '/v2/export',
    '/v2/tail?format=json',
    '/v2/streams',
    '/v2/ledger?compare=true',
    '/v2/quarantine',
    '/v2/partitions',
    '/v2/retention',
    '/v2/holds',
    '/v2/rules',
    '/v2/tokens',
    '/v2/events/00000000-0000-7000-8000-000000000000',
    '/v2/operations/00000000-0000-7000-8000-000000000000',
  ])('answer GET %s', async (path) => {
    const { status, body } = await ask('GET', path);
    expect(status).toBe(path.includes('/00000000-') ? 404 : 200);
    expect(JSON.stringify(body)).not.toContain('permission denied');
  });

  it('change rules, tokens, sessions, retention and holds', async () => {
    const any = { 'if-match': '*' };
    const done = [];
    const rule = await ask('POST', '/v2/rules', { rule: { eventId: 'x' } });
    done.push(rule.status);
    done.push(
      (await ask('DELETE', `/v2/rules/${rule.body.id}`, undefined, any)).status,
    );
    const token = await ask('POST', '/v2/tokens', { subject: 'another' });
    done.push(token.status);
    const tokenPath = `/v2/tokens/${token.body.id}`;
    done.push((await ask('POST', `${tokenPath}/secret`, {})).status);
    done.push((await ask('DELETE', tokenPath, undefined, any)).status);
    done.push((await ask('PUT', '/v2/retention', { days: 400 }, any)).status);
    const hold = await ask('POST', '/v2/holds', { reason: 'case 7' });
    done.push(hold.status);
    done.push(
      (await ask('DELETE', `/v2/holds/${hold.body.id}?reason=x`)).status,
    );
    expect(done).toEqual([201, 204, 201, 200, 204, 200, 201, 200]);
    const session = await fetch(`${query.url}/api/session`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        origin: query.url,
      },
      body: JSON.stringify({ token: ADMIN }),
    });
    expect(session.status).toBeLessThan(300);
  });

  it('do all jobs of the receiver', async () => {
    const warned: string[] = [];
    let rounds = 0;
    const stop = startJobs({
      databaseUrl: logins.audit_receiver.url,
      operationTimeoutMs: 0,
      archiveDirectory: undefined,
      instance: 'test:1',
      logger: {
        info: () => undefined,
        warn: (details, text) =>
          void warned.push(
            `${text} ${String((details as { err?: unknown }).err)}`,
          ),
        error: () => undefined,
      },
      everyMs: 10,
    });
    const isFolded = async () =>
      (
        await database.pool.query(
          `select not exists (select from audit.event_count where hours = 0) as done`,
        )
      ).rows[0].done as boolean;
    for (; rounds < 500 && !(await isFolded()); rounds++)
      await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setTimeout(resolve, 500));
    await stop();
    expect(await isFolded()).toBe(true);
    expect(warned).toEqual([]);
    expect(logged.filter((line) => line.includes('denied'))).toEqual([]);
  });
});

// oxlint-disable-next-line typescript/no-explicit-any -- tests read whatever came
function safeJson(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
