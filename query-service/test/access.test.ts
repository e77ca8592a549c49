import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestDatabase } from '../../test/src/database';
import { API_TOKEN, startTestService } from './service';
import type { TestService } from './service';

const PATH = '/api/audit-log/v1/audit-event';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await addToken('unrestricted', null);
  await addToken('plugin-only', [{ plugin: 'audit-log' }]);
  await addToken('as-in-portal', [
    { plugin: 'audit-log', permission: ['audit.log.read'] },
  ]);
  await addToken('attribute-read', [
    { plugin: 'audit-log', permissionAttribute: { action: 'read' } },
  ]);
  await addToken('other-plugin', [{ plugin: 'catalog' }]);
  await addToken('two-plugins', [{ plugin: 'catalog' }, { plugin: 'search' }]);
  await addToken('other-permission', [
    { plugin: 'audit-log', permission: ['audit.log.write'] },
  ]);
  await addToken('other-attribute', [
    { plugin: 'audit-log', permissionAttribute: { action: 'update' } },
  ]);
  await addToken('misspelt', [
    { plugin: 'audit-log', permissions: ['audit.log.read'] },
  ]);
  await addToken('expired', null, new Date(Date.now() - 1_000));
  await addToken('not-yet-expired', null, new Date(Date.now() + 3_600_000));
});
afterAll(() => service.close());

const secretOf = (subject: string) => `secret+of/${subject}=`;

async function addToken(
  subject: string,
  restrictions: unknown,
  expiresAt: Date | null = null,
) {
  const { pool } = service.database;
  await pool.query(
    `insert into audit.token (id, subject, access_restrictions, expires_at, created_by)
    values ($1::uuid, $2::text, $3::jsonb, $4::timestamptz, 'test')`,
    [
      randomUUID(),
      subject,
      restrictions && JSON.stringify(restrictions),
      expiresAt,
    ],
  );
  await setSecret(pool, subject, secretOf(subject));
}

async function setSecret(
  pool: TestDatabase['pool'],
  subject: string,
  secret: string,
): Promise<void> {
  await pool.query(
    `update audit.token set secret_sha256 = sha256($2::text::bytea) where subject = $1`,
    [subject, secret],
  );
}

const withHeader = (authorization?: string) =>
  service.request(
    `${PATH}?limit=5`,
    authorization === undefined ? {} : { headers: { authorization } },
  );

describe('tokens that may read', () => {
  it.each([
    'unrestricted',
    'plugin-only',
    'as-in-portal',
    'attribute-read',
    'not-yet-expired',
  ])('%s', async (subject) => {
    expect((await withHeader(`Bearer ${secretOf(subject)}`)).status).toBe(200);
  });

  it('the token of the setting AUDIT_API_TOKEN, with any case of Bearer', async () => {
    expect((await withHeader(`bEaReR   ${API_TOKEN}`)).status).toBe(200);
  });
});

const MISSING = {
  status: 401,
  name: 'AuthenticationError',
  message: 'Missing credentials',
};
const ILLEGAL = {
  status: 401,
  name: 'AuthenticationError',
  message: 'Illegal token',
};
const NO_PERMISSION = {
  status: 403,
  name: 'NotAllowedError',
  message: 'Unauthorized, missing permission audit.log.read',
};
const restrictedTo = (plugins: string) => ({
  status: 403,
  name: 'NotAllowedError',
  message: `This token's access is restricted to plugin(s) ${plugins}`,
});

describe('the matrix of refusals, bodies as Backstage writes them', () => {
  it.each([
    ['no token', undefined, MISSING],
    ['Basic', 'Basic dXNlcjpwYXNz', MISSING],
    ['Bearer without a token', 'Bearer', MISSING],
    ['a token with a space', 'Bearer correct horse', MISSING],
    ['a token without Bearer', API_TOKEN, MISSING],
    ['an unknown token', 'Bearer unknown-token-1234', ILLEGAL],
    ['a short token', 'Bearer 1234567', ILLEGAL],
    ['a forged JWT', 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.', ILLEGAL],
    ['a secret of another case', `Bearer ${API_TOKEN.toLowerCase()}`, ILLEGAL],
    ['the hash of the secret', `Bearer ${'0'.repeat(64)}`, ILLEGAL],
    [
      'a token past its time',
      `Bearer ${secretOf('expired')}`,
      { ...ILLEGAL, message: 'Illegal token, it has expired' },
    ],
    [
      'another plugin',
      `Bearer ${secretOf('other-plugin')}`,
      restrictedTo("'catalog'"),
    ],
    [
      'two other plugins',
      `Bearer ${secretOf('two-plugins')}`,
      restrictedTo("'catalog', 'search'"),
    ],
    [
      'another permission',
      `Bearer ${secretOf('other-permission')}`,
      NO_PERMISSION,
    ],
    [
      'another attribute',
      `Bearer ${secretOf('other-attribute')}`,
      NO_PERMISSION,
    ],
    [
      'restrictions that cannot be read',
      `Bearer ${secretOf('misspelt')}`,
      restrictedTo(''),
    ],
  ])('%s', async (_, header, { status, name, message }) => {
    const answer = await withHeader(header);
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({
      error: { name, message },
      request: { method: 'GET', url: '/v1/audit-event?limit=5' },
      response: { statusCode: status },
    });
    expect(answer.headers.get('www-authenticate')).toBeNull();
  });
});

it('asks who it is before it looks at the query', async () => {
  const answer = await service.request(`${PATH}?limit=0`);
  expect(answer.status).toBe(401);
});

it('keeps no secret in the log', () => {
  expect(service.log.join('\n')).not.toContain('secret+of/');
});

describe('the entry audit-log-api-access without AUDIT_API_TOKEN', () => {
  let waiting: TestService;
  let database: TestDatabase;
  beforeAll(async () => {
    waiting = await startTestService({ apiToken: undefined });
    database = waiting.database;
  });
  afterAll(() => waiting.close());

  const statusWith = async (secret: string) =>
    (
      await waiting.request(PATH, {
        headers: { authorization: `Bearer ${secret}` },
      })
    ).status;

  /** A change in the database is in force within a second; the test asks until then, and at most for ten. */
  async function eventually(secret: string, status: number) {
    for (let attempt = 0; attempt < 100; attempt++) {
      if ((await statusWith(secret)) === status) return;
      await sleep(100);
    }
    throw new Error(`expected ${status} for ${secret} within ten seconds`);
  }

  it('waits for its secret, then admits it alone, and the next one in its place', async () => {
    expect(await statusWith('first-secret')).toBe(401);
    expect(await statusWith('')).toBe(401);

    await setSecret(database.pool, 'audit-log-api-access', 'first-secret');
    await eventually('first-secret', 200);

    await setSecret(database.pool, 'audit-log-api-access', 'second-secret');
    await eventually('second-secret', 200);
    expect(await statusWith('first-secret')).toBe(401);
  });

  it('notes when it was last used', async () => {
    const lastUsed = async () =>
      (
        await database.pool.query(
          `select last_used_at from audit.token where subject = 'audit-log-api-access'`,
        )
      ).rows[0].last_used_at;
    for (let attempt = 0; attempt < 100 && !(await lastUsed()); attempt++)
      await sleep(50);
    expect(await lastUsed()).toBeInstanceOf(Date);
  });
});

it('AUDIT_API_TOKEN wins over the secret in the database', async () => {
  await setSecret(
    service.database.pool,
    'audit-log-api-access',
    'in-the-database',
  );
  // A service that has just started has no list of tokens from before.
  const fresh = await startTestService({ databaseUrl: service.database.url });
  try {
    expect(
      (
        await fresh.request(PATH, {
          headers: { authorization: 'Bearer in-the-database' },
        })
      ).status,
    ).toBe(401);
    expect((await fresh.list()).status).toBe(200);
  } finally {
    await fresh.close();
  }
});
