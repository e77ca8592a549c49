import { newBrowser } from './kit/browser';
import type { Browser } from './kit/browser';
import type { TestIdentityProvider } from './kit/identity-provider';
import {
  alertIn,
  answerFor,
  BEGIN,
  CALLBACK,
  startWithProvider,
} from './kit/oidc-service';
import { API_TOKEN } from './service';
import type { TestService } from './service';

let provider: TestIdentityProvider;
let service: TestService;
let browser: Browser;
beforeAll(async () => {
  ({ provider, service } = await startWithProvider());
  await provider.signInAs('jane');
});
afterAll(async () => {
  await service.close();
  await provider.close();
});
beforeEach(() => {
  browser = newBrowser();
});

const FOREIGN = 'does not belong to this sign-in or is too old, sign in again';

it.each<[string, (answer: URL) => void]>([
  ['of another state', (url) => url.searchParams.set('state', 'x')],
  ['without state', (url) => url.searchParams.delete('state')],
  ['with two states', (url) => url.searchParams.append('state', 'x')],
  ['with another code', (url) => url.searchParams.set('code', 'x')],
  ['without code', (url) => url.searchParams.delete('code')],
  ['of another issuer', (url) => url.searchParams.set('iss', 'http://x')],
  ['with a token in it', (url) => url.searchParams.set('id_token', 'x')],
  ['with nothing', (url) => (url.search = '')],
])('an answer %s is refused', async (_, change) => {
  const url = await answerFor(browser, service);
  change(url);
  const answer = await browser.get(url.href);
  expect(answer.status).toBe(401);
  expect(await alertIn(answer)).toContain(FOREIGN);
  expect(browser.cookies.has('otel-audit-session')).toBe(false);
});

it('an answer for another browser is refused', async () => {
  const url = await answerFor(browser, service);
  browser = newBrowser();
  const none = await browser.get(url.href);
  expect(none.status).toBe(401);
  expect(await alertIn(none)).toContain(
    `No sign-in is under way in this browser, or it took too long: begin at ${service.url}/sign-in`,
  );
  await browser.get(service.url + BEGIN);
  const other = await browser.get(url.href);
  expect(await alertIn(other)).toContain(FOREIGN);
});

it('an answer is of use once', async () => {
  const url = await answerFor(browser, service);
  const secret = browser.cookies.get('otel-audit-sign-in')!;
  expect((await browser.get(url.href)).status).toBe(303);
  browser.cookies.set('otel-audit-sign-in', secret);
  const again = await browser.get(url.href);
  expect(again.status).toBe(401);
  expect(await alertIn(again)).toContain(FOREIGN);
});

it('an answer leaves no code in the log and in answers', async () => {
  const url = await answerFor(browser, service);
  const code = url.searchParams.get('code')!;
  url.searchParams.set('state', 'x');
  const answer = await browser.get(url.href);
  expect(await answer.text()).not.toContain(code);
  const { rows } = await service.database.pool.query(
    `select 1 from audit.event where event::text like '%' || $1 || '%'`,
    [code],
  );
  expect(rows).toEqual([]);
  expect(service.log.join('')).not.toContain(code);
});

describe('many bad answers', () => {
  const mayUseTokens = async () =>
    (
      await service.request('/api/session', {
        headers: { authorization: `Bearer ${API_TOKEN}` },
      })
    ).status === 200;

  it('without a sign-in under way count for nothing: any page can make a browser send them', async () => {
    for (let i = 0; i < 31; i++) {
      const answer = await browser.get(`${service.url}${CALLBACK}?code=x`);
      expect(answer.status).toBe(401);
    }
    expect(await mayUseTokens()).toBe(true);
    const { answer } = await browser.follow(service.url + BEGIN);
    expect(answer.status).toBe(200);
  });

  // The last of the file: nobody signs in from this address afterwards.
  it('to sign-ins under way are stopped, at once or one by one, fill no log, and leave tokens alone', async () => {
    const text = 'written by a stranger';
    const url = await answerFor(browser, service);
    url.searchParams.delete('code');
    url.searchParams.set('error', 'access_denied');
    url.searchParams.set('error_description', text);
    const cookie = `otel-audit-sign-in=${browser.cookies.get('otel-audit-sign-in')}`;
    const before = service.log.length;
    const statuses = await Promise.all(
      Array.from({ length: 60 }, async () => {
        const answer = await fetch(url, { headers: { cookie } });
        return answer.status;
      }),
    );
    const refused = statuses.filter((status) => status === 403).length;
    expect(refused).toBeLessThanOrEqual(31);
    expect(statuses.filter((status) => status === 429)).toHaveLength(
      60 - refused,
    );
    expect(await mayUseTokens()).toBe(true);
    const logged = service.log.slice(before);
    expect(logged.filter((line) => line.includes('"level":40'))).toEqual([]);
    expect(logged.join('')).not.toContain(text);
  });
});
