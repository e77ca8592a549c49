import { setTimeout as sleep } from 'node:timers/promises';
import { ADMIN_TOKEN, API_TOKEN, startTestService } from './service';
import type { Answer, TestService } from './service';

let service: TestService;
beforeEach(async () => {
  service = await startTestService({ trustedProxies: ['loopback'] });
});
afterEach(() => service.close());

const signIn = (token: unknown, headers: Record<string, string> = {}) =>
  service.request('/api/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ token }),
  });
const cookieOf = ({ headers }: Answer) =>
  headers.getSetCookie()[0]!.split(';')[0]!;
const told = async () =>
  (
    await service.database.pool.query(
      `select event_id, status, actor_type, actor_id, client_address, error_message from audit.event order by event_time, id`,
    )
  ).rows;

describe('a person signs in with a token', () => {
  it('and has what the token may do, until he signs out', async () => {
    const answer = await signIn(ADMIN_TOKEN);
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      subject: 'audit-log-admin-access',
      permissions: [
        'audit.log.read',
        'audit.log.export',
        'audit.settings.read',
        'audit.settings.write',
      ],
      expires_at: expect.stringMatching(/^20.*Z$/),
    });
    const cookie = cookieOf(answer);
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^otel-audit-session=[\w-]{43}; Path=\/; Expires=[^;]+ GMT; HttpOnly; SameSite=Strict$/,
      ),
    ]);

    const session = await service.request('/api/session', {
      headers: { cookie: `theme=dark; ${cookie}` },
    });
    expect(session.body.subject).toBe('audit-log-admin-access');
    const rules = '/api/audit-log/v2/rules';
    expect((await service.request(rules, { headers: { cookie } })).status).toBe(
      200,
    );

    const out = await service.request('/api/session', {
      method: 'DELETE',
      headers: { cookie, 'sec-fetch-site': 'same-origin' },
    });
    expect(out.status).toBe(204);
    expect(out.headers.getSetCookie()).toEqual([
      'otel-audit-session=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Strict',
    ]);
    expect(
      (await service.request(rules, { headers: { cookie } })).body.error,
    ).toEqual({
      name: 'AuthenticationError',
      message: 'The session has ended, sign in again',
    });
    expect(await told()).toMatchObject([
      {
        event_id: 'sign-in',
        actor_type: 'user',
        actor_id: 'audit-log-admin-access',
      },
      { event_id: 'sign-out', actor_type: 'user' },
    ]);
  });

  it('again: the session before ends', async () => {
    const cookie = cookieOf(await signIn(API_TOKEN));
    const status = async () =>
      (await service.request('/api/session', { headers: { cookie } })).status;
    expect(await status()).toBe(200);
    expect((await signIn(API_TOKEN, { cookie })).status).toBe(201);
    expect(await status()).toBe(401);
  });

  it('who may only read: no more than the token', async () => {
    const answer = await signIn(API_TOKEN);
    expect(answer.body.permissions).toEqual(['audit.log.read']);
    const headers = { cookie: cookieOf(answer) };
    const get = async (path: string) =>
      (await service.request(`/api/audit-log${path}`, { headers })).status;
    expect(await get('/v1/audit-event')).toBe(200);
    expect(await get('/v2/tokens')).toBe(403);
  });

  it('over TLS, as a trusted proxy says: the cookie never leaves it', async () => {
    const answer = await signIn(API_TOKEN, { 'x-forwarded-proto': 'https' });
    expect(answer.headers.getSetCookie()[0]).toContain('; Secure');
  });

  it('and only the hash of the session is kept', async () => {
    const secret = cookieOf(await signIn(API_TOKEN)).split('=')[1]!;
    const { rows } = await service.database.pool.query(
      `select session::text as row, octet_length(id_sha256) as bytes from audit.session`,
    );
    expect(rows).toEqual([{ row: expect.any(String), bytes: 32 }]);
    expect(rows[0].row).not.toContain(Buffer.from(secret).toString('hex'));
  });
});

describe('a session ends', () => {
  const status = async (cookie: string) =>
    (await service.request('/api/session', { headers: { cookie } })).status;

  it('by itself', async () => {
    const cookie = cookieOf(await signIn(API_TOKEN));
    await service.database.pool.query(
      `update audit.session set expires_at = now()`,
    );
    expect(await status(cookie)).toBe(401);
  });

  it('when its token is rotated', async () => {
    const made = await service.admin('POST', '/v2/tokens', {
      body: { subject: 'somebody' },
    });
    let answer = await signIn(made.body.secret);
    for (; answer.status !== 201; await sleep(50))
      answer = await signIn(made.body.secret);
    const cookie = cookieOf(answer);
    expect(await status(cookie)).toBe(200);
    await service.admin('POST', `/v2/tokens/${made.body.id}/secret`, {
      body: {},
    });
    while ((await status(cookie)) !== 401) await sleep(50);
  });

  it.each([
    ['made up', `otel-audit-session=${'A'.repeat(43)}`],
    ['too short', 'otel-audit-session=abc'],
    ['empty', 'otel-audit-session='],
    ['of another name', `session=${'A'.repeat(43)}`],
  ])('or never was one: %s', async (_, cookie) => {
    expect(await status(cookie)).toBe(401);
  });
});

describe('a change by session', () => {
  it.each<[string, Record<string, string>, number]>([
    ['this page', { 'sec-fetch-site': 'same-origin' }, 204],
    ['this page, by Origin', { origin: 'http://{host}' }, 204],
    ['another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['another host of the site', { 'sec-fetch-site': 'same-site' }, 403],
    [
      'another site that claims to be this one',
      { 'sec-fetch-site': 'cross-site', origin: 'http://{host}' },
      403,
    ],
    ['another site, by Origin', { origin: 'https://evil.example' }, 403],
    ['a page without origin', { origin: 'null' }, 403],
    ['no page at all', {}, 403],
  ])('from %s', async (_, headers, status) => {
    const host = new URL(service.url).host;
    const cookie = cookieOf(await signIn(API_TOKEN));
    const sent = Object.entries(headers).map(([name, value]) => [
      name,
      value.replace('{host}', host),
    ]);
    const answer = await service.request('/api/session', {
      method: 'DELETE',
      headers: { cookie, ...Object.fromEntries(sent) },
    });
    expect(answer.status).toBe(status);
  });
});

describe('who guesses', () => {
  const from = (address: string) => ({ 'x-forwarded-for': address });
  const guess = (address: string) => signIn('not-the-secret', from(address));

  it('is stopped after some attempts, whatever he tries next, and nobody else is', async () => {
    const answers: Answer[] = [];
    for (let i = 0; i < 31; i++) answers.push(await guess('192.0.2.7'));
    const statuses = answers.map(({ status }) => status);
    expect(statuses).toEqual([...Array<number>(30).fill(401), 429]);
    const last = answers.at(-1)!;
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(last.body.error.name).toBe('TooManyRequestsError');

    const withToken = (address: string) =>
      service.request('/api/audit-log/v1/audit-event', {
        headers: { authorization: `Bearer ${API_TOKEN}`, ...from(address) },
      });
    expect((await withToken('192.0.2.7')).status).toBe(429);
    expect((await signIn(API_TOKEN, from('192.0.2.7'))).status).toBe(429);
    expect((await withToken('192.0.2.8')).status).toBe(200);
  });

  it('does not keep those out who are signed in', async () => {
    const cookie = cookieOf(await signIn(API_TOKEN, from('192.0.2.7')));
    for (let i = 0; i < 31; i++) await guess('192.0.2.7');
    const answer = await service.request('/api/session', {
      headers: { cookie, ...from('192.0.2.7') },
    });
    expect(answer.status).toBe(200);
  });

  it('is in the log, once for many attempts', async () => {
    for (let i = 0; i < 5; i++) await guess('192.0.2.7');
    while ((await told()).length === 0) await sleep(20);
    expect(await told()).toEqual([
      {
        event_id: 'access-refused',
        status: 'failed',
        actor_type: 'anonymous',
        actor_id: 'anonymous',
        client_address: '192.0.2.7',
        error_message: 'Illegal token',
      },
    ]);
  });
});

it.each([
  [undefined, 401],
  ['', 401],
  [5, 401],
  [{ a: 1 }, 401],
  ['a b', 401],
  ['\0', 401],
  ['x'.repeat(100_000), 401],
])('refuses to sign in with %j', async (token, status) => {
  expect((await signIn(token)).status).toBe(status);
});

it('does not trust a proxy that is not named', async () => {
  const other = await startTestService();
  try {
    for (let i = 0; i < 31; i++)
      await other.request('/api/session', {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-forwarded-for': `192.0.2.${i}`,
        },
        body: '{"token":"not-the-secret"}',
      });
    expect((await other.list()).status).toBe(429);
  } finally {
    await other.close();
  }
});

it.each([
  ['/sign-in', 'text/html'],
  ['/sign-in.js', 'text/javascript'],
  ['/sign-in.css', 'text/css'],
])('serves %s under a strict policy', async (path, type) => {
  const answer = await service.request(path);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toContain(type);
  expect(answer.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; script-src 'self';/,
  );
  expect(answer.text).not.toMatch(/<script>|style=|onclick/);
});
