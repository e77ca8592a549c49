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
import { NOBODY, requests } from './kit/requests';
import type { Asked } from './kit/requests';
import { ADMIN_TOKEN, startTestService } from './service';
import type { Answer, TestService } from './service';

const API = '/api/audit-log/v2';

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
