import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../test/src/free-port';
import { newBrowser } from './kit/browser';
import type { Browser } from './kit/browser';
import { startIdentityProvider } from './kit/identity-provider';
import type { TestIdentityProvider } from './kit/identity-provider';
import {
  ACCOUNTS,
  alertIn,
  answerFor,
  BEGIN,
  CALLBACK,
  clientsOf,
  startOidcService,
  startWithProvider,
} from './kit/oidc-service';
import type { TestService } from './service';

let provider: TestIdentityProvider;
let service: TestService;
let browser: Browser;

beforeAll(async () => {
  ({ provider, service } = await startWithProvider());
});
afterAll(async () => {
  await service.close();
  await provider.close();
});
beforeEach(() => {
  browser = newBrowser();
});

const signIn = async (account: string) => {
  await provider.signInAs(account);
  return browser.follow(service.url + BEGIN);
};
const session = async () =>
  (await browser.get(`${service.url}/api/session`)).json();
const told = async (subject: string) =>
  (
    await service.database.pool.query(
      `select event_id, status, actor_type, request_query, error_message, meta
       from audit.event where actor_id = $1 order by event_time, id`,
      [subject],
    )
  ).rows;
it('offers the provider by its name, as text', async () => {
  const { text } = await service.request('/sign-in');
  expect(text).toContain(
    '<a href="/api/session/oidc">Sign in with Ex &#38; Co &#60;login&#62;</a>',
  );
});

it('signs a person in with what the roles permit, and out of both', async () => {
  const { answer, url } = await signIn('jane');
  expect([answer.status, url]).toEqual([200, `${service.url}/sign-in`]);
  expect(await session()).toEqual({
    subject: 'jane@example.com',
    permissions: ['audit.log.read', 'audit.log.export'],
  });
  const get = async (path: string) =>
    (await browser.get(`${service.url}/api/audit-log${path}`)).status;
  expect(await get('/v1/audit-event')).toBe(200);
  expect(await get('/v2/tokens')).toBe(403);
  // Another window must be able to sign in afresh, and no code may be used again.
  expect(browser.cookies.has('otel-audit-sign-in')).toBe(false);

  const cookie = `otel-audit-session=${browser.cookies.get('otel-audit-session')}`;
  const out = await service.request('/api/session', {
    method: 'DELETE',
    headers: { cookie, 'sec-fetch-site': 'same-origin' },
  });
  expect(out.status).toBe(200);
  const signOut = new URL(out.body.sign_out_url);
  expect(signOut.href.startsWith(`${provider.issuer}/session/end?`)).toBe(true);
  expect(signOut.searchParams.get('post_logout_redirect_uri')).toBe(
    `${service.url}/sign-in`,
  );
  expect((await browser.get(signOut.href)).status).toBe(200);
  expect((await browser.get(`${service.url}/api/session`)).status).toBe(401);

  expect(await told('jane@example.com')).toMatchObject([
    {
      event_id: 'sign-in',
      status: 'succeeded',
      actor_type: 'user',
      request_query: null,
      meta: {
        issuer: `${provider.issuer}/`,
        sub: 'jane',
        roles: ['auditors'],
      },
    },
    { event_id: 'events-read' },
    { event_id: 'access-refused', status: 'failed' },
    { event_id: 'sign-out' },
  ]);
});

it('keeps both cookies from scripts and from requests that other sites make', async () => {
  await provider.signInAs('jane');
  const begin = await browser.get(service.url + BEGIN);
  expect(begin.headers.getSetCookie()).toEqual([
    expect.stringMatching(
      /^otel-audit-sign-in=[\w-]{43}; Max-Age=600; Path=\/api\/session\/oidc; Expires=[^;]+; HttpOnly; SameSite=Lax$/,
    ),
  ]);
  const back = await browser.get((await answerFor(browser, service)).href);
  expect(back.status).toBe(303);
  expect(back.headers.get('location')).toBe('/sign-in');
  expect(back.headers.getSetCookie()[1]).toMatch(
    /^otel-audit-session=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Strict$/,
  );
});

it('takes changes of such a session from its own pages only', async () => {
  await signIn('root');
  const cookie = `otel-audit-session=${browser.cookies.get('otel-audit-session')}`;
  const change = async (site: string) =>
    (
      await service.request('/api/audit-log/v2/tokens', {
        method: 'POST',
        headers: {
          cookie,
          'sec-fetch-site': site,
          'content-type': 'application/json',
        },
        body: '{"subject":"of-root"}',
      })
    ).status;
  expect(await change('cross-site')).toBe(403);
  expect(await change('same-origin')).toBe(201);
  const { rows } = await service.database.pool.query(
    `select created_by from audit.token where subject = 'of-root'`,
  );
  const host = new URL(provider.issuer).host;
  expect(rows).toEqual([{ created_by: `root@${host}` }]);
});

it.each([
  [
    'without a role that is known here',
    'eve',
    'eve@&#60;b&#62;example&#60;/b&#62;.com has no role at Ex &#38; Co &#60;login&#62; that gives access to this audit log',
  ],
  [
    'without the claim',
    'mute',
    'Ex &#38; Co &#60;login&#62; sent no claim groups with the roles of mute@example.com (AUDIT_OIDC_ROLES_CLAIM)',
  ],
  [
    'who turns back',
    '',
    'Ex &#38; Co &#60;login&#62; did not sign anybody in: it answered access_denied',
  ],
])('refuses somebody %s', async (_, account, message) => {
  const { answer } = await signIn(account);
  expect(answer.status).toBe(403);
  expect(answer.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'/,
  );
  expect(await alertIn(answer)).toBe(message);
  expect(browser.cookies.has('otel-audit-session')).toBe(false);
});

it('tells in the log whom it refused', async () => {
  await signIn('mute');
  let rows = await told('mute@example.com');
  for (; rows.length === 0; rows = await told('mute@example.com'))
    await sleep(20);
  expect(rows[0]).toMatchObject({
    event_id: 'access-refused',
    status: 'failed',
    actor_type: 'user',
    request_query: null,
    error_message: expect.stringContaining('sent no claim groups'),
  });
});

it('sends no browser anywhere else, whatever is asked', async () => {
  for (const query of ['next', 'return_to', 'redirect_uri', 'url', 'state']) {
    const to = `?${query}=https://evil.example/`;
    const answer = await browser.get(service.url + BEGIN + to);
    const location = new URL(answer.headers.get('location')!);
    expect(location.origin).toBe(provider.issuer);
    expect(location.href).not.toContain('evil');
    const back = await browser.get(service.url + CALLBACK + to);
    expect(back.headers.get('location')).toBeNull();
  }
});

it('behind https, as the public URL says: cookies never leave it, and the provider sends back there', async () => {
  const safe = await startOidcService(provider.issuer, 0, {
    AUDIT_QUERY_PUBLIC_URL: 'https://audit.example.com',
  });
  try {
    const { headers } = await browser.get(safe.url + BEGIN);
    expect(headers.getSetCookie()[0]).toContain('; Secure');
    const location = new URL(headers.get('location')!);
    expect(location.searchParams.get('redirect_uri')).toBe(
      `https://audit.example.com${CALLBACK}`,
    );
    expect(location.searchParams.get('code_challenge_method')).toBe('S256');
  } finally {
    await safe.close();
  }
});

it('ends by itself', async () => {
  await signIn('jane');
  await service.database.pool.query(
    `update audit.session set expires_at = now()`,
  );
  expect((await browser.get(`${service.url}/api/session`)).status).toBe(401);
});

it('starts without the provider, says so, and tries again', async () => {
  const [port, providerPort] = [await freePort(), await freePort()];
  const issuer = `http://127.0.0.1:${providerPort}`;
  const lonely = await startOidcService(issuer, port);
  try {
    const answer = await browser.get(lonely.url + BEGIN);
    expect(answer.status).toBe(503);
    expect(await alertIn(answer)).toBe(
      'Ex &#38; Co &#60;login&#62; cannot be reached or does not answer as it should, try again later or sign in with a token',
    );
    expect(lonely.log.join('')).toContain('nobody can sign in yet');
    await browser.get(lonely.url + BEGIN);
    const warnings = lonely.log.filter((line) =>
      line.includes('cannot be reached or does not answer'),
    );
    // That of the start, and one for both browsers.
    expect(warnings.length).toBeLessThanOrEqual(2);
    const late = await startIdentityProvider({
      clients: clientsOf(port),
      accounts: ACCOUNTS,
      port: providerPort,
    });
    try {
      await late.signInAs('jane');
      const { url } = await browser.follow(lonely.url + BEGIN);
      expect(url).toBe(`${lonely.url}/sign-in`);
      expect(browser.cookies.has('otel-audit-session')).toBe(true);
    } finally {
      await late.close();
    }
  } finally {
    await lonely.close();
  }
});
