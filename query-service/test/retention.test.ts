import { setTimeout as sleep } from 'node:timers/promises';
import { startTestService } from './service';
import type { TestService } from './service';
import { asker } from './ask';

let service: TestService;
const ask = asker(() => service);
beforeEach(async () => {
  service = await startTestService();
});
afterEach(() => service.close());

const put = (body: unknown, etag = '*') =>
  service.admin('PUT', '/v2/retention', {
    body,
    headers: { 'if-match': etag },
  });
const post = (body: unknown) => service.admin('POST', '/v2/holds', { body });

async function eventsOf(...ids: string[]) {
  const { rows } = await service.database.pool.query(
    `select event_id, actor_id, entity_ref, meta from audit.event where event_id = any ($1::text[]) order by event_time, id`,
    [ids],
  );
  return rows;
}

it('keeps events for ever until somebody says how long, which is an event', async () => {
  const first = await service.admin('GET', '/v2/retention');
  expect([first.status, first.headers.get('etag')]).toEqual([200, '"1"']);
  expect(first.body).toMatchObject({
    version: 1,
    days: null,
    drop_without_archive: false,
    changed_by: 'default',
  });
  const changed = await put({ days: 400 }, '"1"');
  expect([changed.status, changed.headers.get('etag')]).toEqual([200, '"2"']);
  expect(changed.body).toMatchObject({
    version: 2,
    days: 400,
    drop_without_archive: false,
    changed_by: 'audit-log-admin-access',
  });
  expect((await service.admin('GET', '/v2/retention')).body).toEqual(
    changed.body,
  );
  expect(await eventsOf('retention-change')).toMatchObject([
    {
      entity_ref: 'audit-log-retention',
      actor_id: 'audit-log-admin-access',
      meta: {
        before: { days: null, drop_without_archive: false },
        after: { days: 400, drop_without_archive: false },
      },
    },
  ]);
});

it('makes no version of what says the same', async () => {
  expect((await put({ days: null })).body.version).toBe(1);
  expect(await eventsOf('retention-change')).toEqual([]);
});

it('takes a change only of what its sender saw', async () => {
  await put({ days: 400 });
  expect((await put({ days: 10 }, '"1"')).status).toBe(412);
  const without = await service.admin('PUT', '/v2/retention', {
    body: { days: 10 },
  });
  expect(without.status).toBe(428);
  expect((await service.admin('GET', '/v2/retention')).body.days).toBe(400);
});

const range = 'days must be a whole number from 1 to 36500, or null';
it.each([
  [{}, `${range} to keep events for ever, got nothing`],
  [{ days: 0 }, `${range} to keep events for ever, got 0`],
  [{ days: 1.5 }, range],
  [{ days: 36_501 }, range],
  [{ days: '30' }, range],
  [
    { days: 30, drop_without_archive: 1 },
    'drop_without_archive must be true or false',
  ],
])('refuses the retention %j', async (body, message) => {
  const answer = await put(body);
  expect(answer.status).toBe(400);
  expect(answer.body.error.message).toContain(message);
});

it('makes a hold and releases it, each with its event', async () => {
  const made = await post({
    start_time: '2026-01-10T00:00:00Z',
    end_time: '2026-01-20T00:00:00Z',
    reason: 'case 7',
  });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({
    start_time: '2026-01-10T00:00:00.000Z',
    end_time: '2026-01-20T00:00:00.000Z',
    reason: 'case 7',
    created_by: 'audit-log-admin-access',
    released_at: null,
  });
  const path = `/v2/holds/${made.body.id}`;
  expect(made.headers.get('location')).toBe(`/api/audit-log${path}`);
  expect((await service.admin('GET', path)).body).toEqual(made.body);

  const released = await service.admin('DELETE', `${path}?reason=settled`);
  expect(released.status).toBe(200);
  expect(released.body).toMatchObject({
    released_at: expect.any(String),
    released_by: 'audit-log-admin-access',
    release_reason: 'settled',
  });
  const again = await service.admin('DELETE', `${path}?reason=settled`);
  expect([again.status, again.body.error.message]).toEqual([
    409,
    `The hold was released already, at ${released.body.released_at} by audit-log-admin-access`,
  ]);
  expect((await service.admin('GET', '/v2/holds')).body).toEqual({
    data: [released.body],
  });
  expect(await eventsOf('hold-create', 'hold-release')).toMatchObject([
    {
      event_id: 'hold-create',
      entity_ref: `audit-log-hold:${made.body.id}`,
      meta: { after: { reason: 'case 7' } },
    },
    {
      event_id: 'hold-release',
      meta: { before: { reason: 'case 7' }, reason: 'settled' },
    },
  ]);
});

it('says who released a hold while the same was asked', async () => {
  const { id } = (await post({ reason: 'case 7' })).body;
  const other = await service.database.pool.connect();
  try {
    await other.query('begin');
    await other.query(
      `update audit.hold
       set released_at = '2026-01-31T00:00:00Z', released_by = 'somebody-else', release_reason = 'settled'
       where id = $1::uuid`,
      [id],
    );
    const asked = service.admin('DELETE', `/v2/holds/${id}?reason=settled`);
    const isWaiting = async () =>
      (
        await service.database.pool.query(
          `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        )
      ).rowCount! > 0;
    for (let i = 0; i < 1_000 && !(await isWaiting()); i++) await sleep(10);
    await other.query('commit');
    const { status, body } = await asked;
    expect([status, body.error.message]).toEqual([
      409,
      'The hold was released already, at 2026-01-31T00:00:00.000Z by somebody-else',
    ]);
  } finally {
    other.release();
  }
});

it.each([
  [{}, 'reason must say why'],
  [{ reason: '  ' }, 'reason must say why'],
  [{ reason: 'x', start_time: 'yesterday' }, 'start_time must be a time'],
  [
    {
      reason: 'x',
      start_time: '2026-02-01T00:00:00Z',
      end_time: '2026-01-01T00:00:00Z',
    },
    'start_time must not be after end_time',
  ],
])('refuses the hold %j', async (body, message) => {
  const answer = await post(body);
  expect(answer.status).toBe(400);
  expect(answer.body.error.message).toContain(message);
});

it('releases no hold without a reason, and none that there is not', async () => {
  const path = `/v2/holds/${(await post({ reason: 'case 7' })).body.id}`;
  expect((await service.admin('DELETE', path)).status).toBe(400);
  const unknown = '/v2/holds/00000000-0000-4000-8000-000000000000';
  expect((await service.admin('DELETE', `${unknown}?reason=x`)).status).toBe(
    404,
  );
});

it.each([
  ['GET', 'retention'],
  ['PUT', 'retention'],
  ['GET', 'holds'],
  ['POST', 'holds'],
  ['DELETE', 'holds/00000000-0000-4000-8000-000000000000'],
])('%s %s takes more than to read events', async (method, path) => {
  expect((await ask(path, { method })).status).toBe(403);
});

it('lists the partitions with what is due and held, and the tombstones', async () => {
  const { pool } = service.database;
  for (const month of ['2024-03-01', '2024-04-01'])
    await pool.query(`select audit.make_month($1)`, [month]);
  await post({ reason: 'case 7', end_time: '2024-03-31T00:00:00Z' });
  await put({ days: 30 });
  await pool.query(
    `update audit.retention set changed_at = '2024-01-01T00:00:00Z'`,
  );
  await pool.query(
    `insert into audit.tombstone (month, events, archive_file, archive_sha256, retention_version, retention_days, dropped_by)
     values ('2024-02-01', 7, 'some.gz', '\\x00ff', 2, 30, 'receiver-1:7')`,
  );
  const { status, body } = await ask('partitions');
  expect(status).toBe(200);
  expect(body.database_bytes).toBeGreaterThan(1e6);
  const names = body.partitions.map(({ name }: { name: string }) => name);
  expect(names.slice(0, 3)).toEqual([
    'event_past',
    'event_2024_03',
    'event_2024_04',
  ]);
  expect(names.at(-1)).toBe('event_future');
  expect(body.partitions.slice(0, 3)).toMatchObject([
    { start_time: null, end_time: null, is_held: false, due_at: null },
    {
      start_time: '2024-03-01T00:00:00.000Z',
      end_time: '2024-04-01T00:00:00.000Z',
      is_held: true,
      due_at: '2024-05-01T00:00:00.000Z',
    },
    { is_held: false, due_at: '2024-05-31T00:00:00.000Z' },
  ]);
  expect(body.tombstones).toMatchObject([
    { month: '2024-02', events: 7, archive_sha256: '00ff' },
  ]);
});
