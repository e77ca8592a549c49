import { randomUUID } from 'node:crypto';
import { newBrowser } from './kit/browser';
import { readDocument } from './kit/documented';
import type { Documented } from './kit/documented';
import {
  answerFor,
  BEGIN,
  CALLBACK,
  startWithProvider,
} from './kit/oidc-service';
import { idsOf } from './kit/ids-of';
import { plantAllKinds } from './kit/plant-all-kinds';
import { ADMIN_TOKEN, startTestService } from './service';
import type { Answer, TestService } from './service';

const API = '/api/audit-log/v2';
const NOBODY = randomUUID();
/** An id that says when it was made. */
const WITH_TIME = '01980f5e-7c1a-7b3e-9d52-5f0a6b1c2d3e';

let service: TestService;
let documented: Documented;
/** Of what there is, for the ids in paths. */
let ids: Record<string, string>;
beforeAll(async () => {
  service = await startTestService();
  await plantAllKinds(service.database.url);
  documented = await readDocument(service);
  ids = await idsOf(service);
});
afterAll(() => service.close());

interface Asked {
  /** Which of the things there are. */
  of?: string;
  /** The id of the path, instead. */
  id?: string;
  query?: string;
  headers?: Record<string, string>;
  body?: unknown;
  /** Another method than its own. */
  method?: string;
  status: number;
}

const match = { headers: { 'if-match': '*' } };
const noToken = { headers: { authorization: '' }, status: 401 };
const otherMethod = { method: 'PATCH', status: 405 };
const badQuery = { query: 'unknown=1', status: 400 };
const badBody = { body: { unknown: 1 }, status: 400 };
const nobody = { id: NOBODY, status: 404 };
const rule = { actorId: 'plugin:b' };

/** By operation: a request that goes well, and others that do not. In an order in which they can be made. */
const requests: Record<string, Asked[]> = {
  listAuditEvents: [
    { query: 'limit=10', status: 200 },
    { query: 'limit=0', status: 400 },
  ],
  listEvents: [{ query: 'limit=1', status: 200 }, badQuery, noToken],
  findEvent: [
    { of: 'event', status: 200 },
    { id: NOBODY, query: 'start_time=2026-01-01T00:00:00Z', status: 404 },
    { id: NOBODY, status: 400 },
  ],
  listFacets: [
    { query: 'field=status,stream_seq,flags', status: 200 },
    { query: 'field=x', status: 400 },
  ],
  showHistogram: [
    { query: 'by=plugin_id', status: 200 },
    { query: 'interval=2s', status: 400 },
  ],
  showStats: [{ status: 200 }, badQuery],
  exportEvents: [
    { status: 200 },
    { query: 'format=csv', status: 200 },
    { query: 'format=xml', status: 400 },
  ],
  tailEvents: [
    { query: 'format=json&since=2020-01-01T00:00:00Z', status: 200 },
    { query: 'format=json&cursor=x', status: 400 },
  ],
  listStreams: [{ status: 200 }, { query: 'state=gone', status: 400 }],
  findStream: [{ of: 'stream', status: 200 }, nobody],
  findOperation: [
    {
      of: 'operation',
      query: 'start_time=2020-01-01T00:00:00Z&end_time=2100-01-01T00:00:00Z',
      status: 200,
    },
    { id: NOBODY, status: 400 },
  ],
  findLedger: [
    { status: 200 },
    { query: 'compare=true', status: 200 },
    { query: 'compare=yes', status: 400 },
  ],
  listQuarantined: [
    { query: 'limit=1', status: 200 },
    { query: 'limit=1001', status: 400 },
  ],
  findQuarantined: [{ of: 'quarantined', status: 200 }, nobody],
  findQuarantinedBytes: [
    { of: 'quarantined', status: 200 },
    { id: 'x', status: 400 },
  ],
  tryRules: [{ body: { rule: { pluginId: '*a*' } }, status: 200 }, badBody],
  createRule: [
    { body: { rule }, status: 201 },
    { body: { rule }, status: 409 },
    badBody,
    { body: '{', status: 400 },
    { body: '{}', headers: { 'content-type': 'text/plain' }, status: 415 },
    { body: ' '.repeat(2 ** 20 + 1), status: 413 },
  ],
  listRules: [
    { status: 200 },
    { headers: { accept: 'application/yaml' }, status: 200 },
    noToken,
  ],
  findRule: [{ of: 'rule', status: 200 }, nobody],
  changeRule: [
    { of: 'rule', body: { rule: { actorId: 'c' } }, ...match, status: 200 },
    { of: 'rule', body: { rule }, status: 428 },
    { of: 'rule', body: { rule }, headers: { 'if-match': '"9"' }, status: 412 },
  ],
  listRuleVersions: [{ of: 'rule', status: 200 }, nobody],
  deleteRule: [
    { of: 'rule', status: 428 },
    { of: 'rule', ...match, status: 204 },
  ],
  replaceRules: [
    { body: { excludeRules: [rule] }, ...match, status: 200 },
    { body: { excludeRules: [{}] }, ...match, status: 400 },
  ],
  listPartitions: [{ status: 200 }, badQuery],
  showRetention: [{ status: 200 }, noToken],
  changeRetention: [
    { body: { days: 400 }, ...match, status: 200 },
    { body: { days: 0 }, ...match, status: 400 },
  ],
  listHolds: [{ status: 200 }, noToken],
  createHold: [
    { body: { reason: 'x', start_time: '2026-01-01T00:00:00Z' }, status: 201 },
    { body: { reason: '' }, status: 400 },
  ],
  findHold: [{ of: 'hold', status: 200 }, nobody],
  releaseHold: [
    { of: 'hold', status: 400 },
    { of: 'hold', query: 'reason=over', status: 200 },
    { of: 'hold', query: 'reason=over', status: 409 },
  ],
  listTokens: [{ status: 200 }, noToken],
  createToken: [
    { body: { subject: 'a', access_restrictions: null }, status: 201 },
    { body: { subject: 'a' }, status: 409 },
    { body: { subject: 'A' }, status: 400 },
  ],
  findToken: [{ of: 'token', status: 200 }, nobody],
  changeToken: [
    {
      of: 'token',
      body: { expires_at: '2100-01-01T00:00:00Z' },
      ...match,
      status: 200,
    },
    { of: 'token', body: {}, status: 428 },
  ],
  setTokenSecret: [
    { of: 'token', body: {}, status: 200 },
    { of: 'token', body: { secret: 'short' }, status: 400 },
  ],
  revokeToken: [{ of: 'token', status: 200 }, nobody],
  deleteToken: [
    { of: 'token', status: 428 },
    { of: 'token', ...match, status: 204 },
  ],
  showSession: [{ status: 200 }, noToken],
  signIn: [
    { body: { token: ADMIN_TOKEN }, status: 201 },
    { body: { token: 'wrong' }, status: 401 },
    badBody,
  ],
  signOut: [{ status: 400 }, noToken],
  beginOidcSignIn: [{ status: 404 }],
  finishOidcSignIn: [{ status: 404 }],
  signInHtml: [{ status: 200 }, otherMethod],
  signInJs: [{ status: 200 }, otherMethod],
  signInCss: [{ status: 200 }, otherMethod],
  showOpenApi: [{ status: 200 }, otherMethod],
  showDocs: [{ status: 200 }, otherMethod],
  showDocsStyle: [{ status: 200 }, otherMethod],
  showHealth: [{ status: 200 }, otherMethod],
  showReadiness: [{ status: 200 }, otherMethod],
  showMetrics: [{ status: 200 }, otherMethod],
};

/** Where an operation is. */
function placeOf(operationId: string): { path: string; method: string } {
  for (const [path, methods] of Object.entries(documented.document.paths))
    for (const [method, operation] of Object.entries(methods))
      if (operation.operationId === operationId) return { path, method };
  throw new Error(`there is no operation ${operationId}`);
}

function ask(path: string, method: string, asked: Asked): Promise<Answer> {
  const { of = '', id = ids[of] ?? '', query, body } = asked;
  const url = path.replace('{id}', id) + (query ? `?${query}` : '');
  return service.request(url, {
    method,
    redirect: 'manual',
    headers: {
      authorization: `Bearer ${ADMIN_TOKEN}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...asked.headers,
    },
    ...(body !== undefined && {
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  });
}

it('every operation is asked here', () => {
  const all = Object.values(documented.document.paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  );
  expect(Object.keys(requests).toSorted()).toEqual(all.toSorted());
});

it.each(Object.entries(requests))(
  '%s is answered as it is described',
  async (operationId, all) => {
    const { path, method } = placeOf(operationId);
    for (const asked of all) {
      const as = (asked.method ?? method).toUpperCase();
      const answer = await ask(path, as, asked);
      expect([asked, answer.status, answer.text]).toEqual([
        asked,
        asked.status,
        expect.anything(),
      ]);
      expect(documented.problemWith(path, as, answer)).toBeUndefined();
    }
  },
);

it('a session is begun and ended as it is described', async () => {
  const { headers } = await service.request('/api/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: ADMIN_TOKEN }),
  });
  const cookie = headers.get('set-cookie')!.split(';')[0]!;
  for (const [site, status] of [
    ['cross-site', 403],
    ['same-origin', 204],
  ] as const) {
    const answer = await service.request('/api/session', {
      method: 'DELETE',
      headers: { cookie, 'sec-fetch-site': site },
    });
    expect(answer.status).toBe(status);
    expect(
      documented.problemWith('/api/session', 'DELETE', answer),
    ).toBeUndefined();
  }
});

it.each(['GET', 'HEAD', 'OPTIONS', 'PATCH', 'DELETE', 'TRACE-ME'])(
  '%s of a path is answered in one way, wherever it is',
  async (method) => {
    if (method === 'TRACE-ME') {
      // No method of HTTP that Node knows: it answers itself.
      await expect(
        service.request(`${API}/events`, { method }),
      ).resolves.toMatchObject({ status: 400, text: '' });
      return;
    }
    for (const path of Object.keys(documented.document.paths)) {
      // A live tail does not end.
      const query = path.endsWith('/tail') ? '?format=json' : '';
      const answer = await service.request(
        path.replace('{id}', NOBODY) + query,
        { method, redirect: 'manual' },
      );
      if (answer.status === 404) continue;
      expect([path, documented.problemWith(path, method, answer)]).toEqual([
        path,
        undefined,
      ]);
    }
  },
);

it('a path that is not there, or that nobody can read, is refused with a sentence', async () => {
  for (const [path, status] of [
    ['/nowhere', 404],
    [`${API}/EVENTS`, 404],
    [`${API}/events/%E0%A4%A`, 400],
    [`${API}/rules/%`, 400],
  ] as const) {
    const answer = await service.request(path, {
      headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
    });
    expect([path, answer.status]).toEqual([path, status]);
    expect(answer.body.error.message).toMatch(/^[^\n]{5,200}$/);
  }
});

describe('parameters are checked by the bounds and words that are described', () => {
  it('of every operation that reads', async () => {
    for (const [path, methods] of Object.entries(documented.document.paths)) {
      const { get } = methods;
      for (const { name, in: place, schema } of get?.parameters ?? []) {
        if (place !== 'query' || path.endsWith('/export')) continue;
        const given = name === 'meta' ? 'meta.a' : name;
        const status = async (value: unknown) => {
          const query = new URLSearchParams([[given, String(value)]]);
          if (path.endsWith('/tail') && name !== 'format')
            query.append('format', 'json');
          const asked = { id: WITH_TIME, query: query.toString(), status: 0 };
          const answer = await ask(path, 'GET', asked);
          const isKnown = !answer.text.includes('expected no parameters');
          const isOk =
            answer.status !== 400 ||
            /start_time must be (before|given)/.test(answer.text);
          return isKnown && isOk;
        };
        const words = wordsOf(schema);
        const { minimum, maximum } = schema as Record<string, number>;
        const right = [...words.filter((word) => word !== 'sse')];
        const wrong: unknown[] = words.length > 0 ? ['no-such-word'] : [];
        if (minimum !== undefined) right.push(String(minimum));
        if (maximum !== undefined) right.push(String(maximum));
        if (minimum !== undefined) wrong.push(minimum - 1);
        if (maximum !== undefined) wrong.push(BigInt(maximum) + 1n);
        if (schema['format'] === 'date-time') wrong.push('2026-01-01');
        right.push('');
        // Each word of the fields would take long: the first and the last.
        for (const value of [right[0], right.at(-2) ?? '', ''])
          expect([path, name, value, await status(value)]).toContain(true);
        for (const value of wrong)
          expect([path, name, value, await status(value)]).toContain(false);
      }
    }
  });
});

function wordsOf(schema: object): string[] {
  const { enum: words, items } = schema as {
    enum?: string[];
    items?: { enum?: string[] };
  };
  return words ?? items?.enum ?? [];
}

it('with an identity provider, its paths are answered as they are described', async () => {
  const { provider, service: withProvider } = await startWithProvider();
  try {
    await provider.signInAs('jane');
    const check = async (path: string, url: string, cookie: string) => {
      const response = await fetch(url, {
        redirect: 'manual',
        headers: { cookie },
      });
      const text = await response.text();
      const { status, headers } = response;
      expect(
        documented.problemWith(path, 'GET', { status, headers, text }),
      ).toBeUndefined();
      return status;
    };
    expect(await check(BEGIN, withProvider.url + BEGIN, '')).toBe(303);
    expect(await check(CALLBACK, withProvider.url + CALLBACK, '')).toBe(401);
    const browser = newBrowser();
    const answer = await answerFor(browser, withProvider);
    const response = await browser.get(answer.href);
    const { status, headers } = response;
    expect(status).toBe(303);
    const text = await response.text();
    expect(
      documented.problemWith(CALLBACK, 'GET', { status, headers, text }),
    ).toBeUndefined();
  } finally {
    await withProvider.close();
    await provider.close();
  }
});

it('the page is shown under the strict policy, with its style', async () => {
  const page = await service.request(`${API}/docs`);
  expect(page.headers.get('content-security-policy')).toContain(
    "default-src 'none'",
  );
  expect(page.text).toContain(
    '<link rel="stylesheet" href="/api/audit-log/v2/docs.css" />',
  );
  const style = await service.request(`${API}/docs.css`);
  expect(style.headers.get('content-type')).toContain('text/css');
});
