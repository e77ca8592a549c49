import { setTimeout as sleep } from 'node:timers/promises';
import { ADMIN_TOKEN, API_TOKEN, startTestService } from './service';
import type { Answer, TestService } from './service';

const READ = [{ plugin: 'audit-log', permission: ['audit.log.read'] }];
const UTC = /^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

let service: TestService;
beforeEach(async () => {
  service = await startTestService({ apiToken: undefined });
});
afterEach(() => service.close());

const create = (body: object) =>
  service.admin('POST', '/v2/tokens', { body: { subject: 'siem', ...body } });
const etag = ({ headers }: Answer) => headers.get('etag')!;
const readWith = async (secret: string, path = '/v1/audit-event') =>
  (
    await service.request(`/api/audit-log${path}`, {
      headers: { authorization: `Bearer ${secret}` },
    })
  ).status;

/** A change is in force within a second; the test asks until then. */
async function eventually(secret: string, status: number) {
  for (let attempt = 0; attempt < 100; attempt++) {
    if ((await readWith(secret)) === status) return;
    await sleep(100);
  }
  throw new Error(`expected ${status} within ten seconds`);
}

const told = async () =>
  (
    await service.database.pool.query(
      `select event_id, actor_id, entity_ref, meta from audit.event where event_id like 'token%' order by event_time, id`,
    )
  ).rows;

it('lists the entries that exist from the start, one of which waits', async () => {
  const { body } = await service.admin('GET', '/v2/tokens');
  const common = {
    version: 1,
    created_at: expect.stringMatching(UTC),
    created_by: 'default',
    changed_at: expect.stringMatching(UTC),
    changed_by: null,
    expires_at: null,
    built_in: true,
  };
  expect(body).toMatchObject({
    data: [
      {
        ...common,
        id: '00000000-0000-8000-8000-000000000003',
        subject: 'audit-log-api-access',
        access_restrictions: READ,
        state: 'waiting',
        secret_from: null,
      },
      {
        ...common,
        id: '00000000-0000-8000-8000-000000000004',
        subject: 'audit-log-admin-access',
        access_restrictions: [{ plugin: 'audit-log' }],
        state: 'active',
        secret_from: 'setting',
      },
    ],
  });
});

it('makes a token that may read, and shows its secret this once', async () => {
  const made = await create({});
  expect(made.status).toBe(201);
  const { id, secret } = made.body;
  expect(secret).toMatch(/^[\w-]{32}$/);
  expect(made.body).toMatchObject({
    subject: 'siem',
    access_restrictions: READ,
    created_by: 'audit-log-admin-access',
    state: 'active',
    secret_from: 'database',
    built_in: false,
  });
  await eventually(secret, 200);
  expect(await readWith(secret, '/v2/rules')).toBe(403);

  const path = `/v2/tokens/${id}`;
  for (const shown of [path, '/v2/tokens'])
    expect((await service.admin('GET', shown)).text).not.toContain(secret);
  const { rows } = await service.database.pool.query(
    `select token::text as row from audit.token
     union all select event::text from audit.event
     union all select resource::text from audit.resource`,
  );
  for (const { row } of rows) expect(row).not.toContain(secret);
});

it('takes a secret that somebody brings, and does not repeat it', async () => {
  const secret = 'brought+by/somebody=';
  const made = await create({ secret });
  expect(made.text).not.toContain(secret);
  await eventually(secret, 200);
});

it('rotates a secret: the next is shown once, the last is refused', async () => {
  const first = await create({});
  const path = `/v2/tokens/${first.body.id}/secret`;
  const second = await service.admin('POST', path, { body: {} });
  expect(second.body).toMatchObject({ version: 2, state: 'active' });
  await eventually(second.body.secret, 200);
  expect(await readWith(first.body.secret)).toBe(401);
  await service.admin('POST', path, { body: { secret: 'third+secret' } });
  await eventually('third+secret', 200);
});

it('revokes a token at once, by taking its secret or the whole of it', async () => {
  const made = await create({});
  await eventually(made.body.secret, 200);
  const path = `/v2/tokens/${made.body.id}`;
  const revoked = await service.admin('DELETE', `${path}/secret`);
  expect(revoked.body).toMatchObject({ state: 'waiting', secret_from: null });
  await eventually(made.body.secret, 401);
  const deleted = await service.admin('DELETE', path, {
    headers: { 'if-match': etag(revoked) },
  });
  expect(deleted.status).toBe(204);
  expect((await service.admin('GET', path)).status).toBe(404);
  expect((await told()).map(({ event_id }) => event_id)).toEqual([
    'token-create',
    'token-revoke',
    'token-delete',
  ]);
});

it('changes what a token may do and until when, for somebody who saw it as it is', async () => {
  const made = await create({});
  const path = `/v2/tokens/${made.body.id}`;
  const expires_at = new Date(Date.now() + 3_600_000).toISOString();
  const access_restrictions = [
    {
      plugin: 'audit-log',
      permission: ['audit.log.read', 'audit.settings.read'],
    },
  ];
  const put = (ifMatch?: string) =>
    service.admin('PUT', path, {
      body: { access_restrictions, expires_at },
      headers: ifMatch === undefined ? {} : { 'if-match': ifMatch },
    });
  expect((await put()).status).toBe(428);
  expect((await put('"9"')).status).toBe(412);
  const changed = await put(etag(made));
  expect(changed.body).toMatchObject({
    version: 2,
    access_restrictions,
    expires_at,
    changed_by: 'audit-log-admin-access',
  });
  for (let status = 0; status !== 200; await sleep(50))
    status = await readWith(made.body.secret, '/v2/rules');
  expect(await told()).toMatchObject([
    {
      event_id: 'token-create',
      actor_id: 'audit-log-admin-access',
      entity_ref: 'audit-log-token:siem',
      meta: { after: { access_restrictions: READ, expires_at: null } },
    },
    {
      event_id: 'token-change',
      meta: {
        before: { access_restrictions: READ, expires_at: null },
        after: { access_restrictions, expires_at },
      },
    },
  ]);
});

it.each([
  ['expires_at', { access_restrictions: null }],
  ['access_restrictions', { expires_at: null }],
])(
  'never resets %s because a change does not say it',
  async (missing, given) => {
    const expires_at = new Date(Date.now() + 3_600_000).toISOString();
    const access_restrictions = [{ plugin: 'audit-log' }];
    const made = await create({ access_restrictions, expires_at });
    const path = `/v2/tokens/${made.body.id}`;
    const refused = await service.admin('PUT', path, {
      body: given,
      headers: { 'if-match': etag(made) },
    });
    expect([refused.status, refused.body.error.message]).toEqual([
      400,
      `The body must have access_restrictions and expires_at, each as it is to be from now on, got no ${missing}`,
    ]);
    expect((await service.admin('GET', path)).body).toMatchObject({
      version: 1,
      access_restrictions,
      expires_at,
    });
  },
);

it('shows an expired token as such', async () => {
  const made = await create({});
  await service.database.pool.query(
    `update audit.token set expires_at = now() - interval '1 second' where subject = 'siem'`,
  );
  const { body } = await service.admin('GET', `/v2/tokens/${made.body.id}`);
  expect(body.state).toBe('expired');
});

it('shows what a token may really do and until when where a setting gives its secret', async () => {
  const ADMIN = '/v2/tokens/00000000-0000-8000-8000-000000000004';
  await service.database.pool.query(
    `update audit.token set access_restrictions = '[]', expires_at = '2020-01-01T00:00:00Z'
     where subject = 'audit-log-admin-access'`,
  );
  expect((await service.admin('GET', ADMIN)).body).toMatchObject({
    access_restrictions: [{ plugin: 'audit-log' }],
    expires_at: null,
    state: 'active',
  });
});

describe('conflicts', () => {
  const API = '/v2/tokens/00000000-0000-8000-8000-000000000003';
  const ADMIN = '/v2/tokens/00000000-0000-8000-8000-000000000004';
  it.each([
    [
      'a subject that is taken',
      () => create({ subject: 'audit-log-api-access' }),
      'There is a token audit-log-api-access already',
    ],
    [
      'the secret of a setting',
      () => create({ secret: ADMIN_TOKEN }),
      'Another token has this secret, take a new one',
    ],
    [
      'the end of an entry that is always there',
      () => service.admin('DELETE', API, { headers: { 'if-match': '*' } }),
      'audit-log-api-access is always there; take its secret away instead',
    ],
    [
      'another secret where a setting gives it',
      () => service.admin('POST', `${ADMIN}/secret`, { body: {} }),
      'A setting of the service gives audit-log-admin-access its secret: change it there',
    ],
    [
      'what a token may do and until when where a setting gives its secret',
      () =>
        service.admin('PUT', ADMIN, {
          body: {
            access_restrictions: READ,
            expires_at: new Date(Date.now() + 3_600_000).toISOString(),
          },
          headers: { 'if-match': '*' },
        }),
      'A setting of the service gives audit-log-admin-access its secret, and then it may always do the same: take the setting away first',
    ],
  ])('%s', async (_, ask, message) => {
    const { status, body } = await ask();
    expect(status).toBe(409);
    expect(body.error).toEqual({ name: 'ConflictError', message });
    expect(await told()).toEqual([]);
  });

  it('the secret of another token', async () => {
    await create({ secret: 'one+and+the+same' });
    const other = await create({ subject: 'x', secret: 'one+and+the+same' });
    expect(other.status).toBe(409);
  });

  it('gives the entry that waits its secret', async () => {
    const { body } = await service.admin('POST', `${API}/secret`, {
      body: { secret: API_TOKEN },
    });
    expect(body).toMatchObject({ state: 'active', secret_from: 'database' });
    await eventually(API_TOKEN, 200);
  });
});
