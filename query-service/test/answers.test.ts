import { request as httpRequest } from 'node:http';
import fc from 'fast-check';
import { aRow, insertRows } from './events';
import { API_TOKEN, startTestService } from './service';
import type { TestService } from './service';

const PATH = '/api/audit-log/v1/audit-event';
const authorization = `Bearer ${API_TOKEN}`;

let service: TestService;
beforeAll(async () => {
  service = await startTestService({ statementTimeoutMs: 2_000 });
  await insertRows(service.database.pool, [aRow()]);
});
afterAll(() => service.close());

it('answers pages as JSON that is neither cached nor guessed at', async () => {
  const { headers } = await service.list();
  expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('x-powered-by')).toBeNull();
  expect(headers.get('etag')).toBeNull();
  expect(headers.get('warning')).toBeNull();
});

it('answers HEAD like GET, without the body', async () => {
  const { status, headers, text } = await service.request(PATH, {
    method: 'HEAD',
    headers: { authorization },
  });
  expect([status, text]).toEqual([200, '']);
  expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
});

it('ignores unknown parameters and names them in a Warning header', async () => {
  const { status, headers, body } = await service.list(
    'sort=asc&limit=5&page%0d%0a=2',
  );
  expect(status).toBe(200);
  expect(body.limit).toBe(5);
  expect(headers.get('warning')).toBe(
    '299 otel-audit "ignored unknown parameters: sort, page%0D%0A"',
  );
});

describe('bad input is 400 and shows the query as it came', () => {
  it.each([
    ['limit=0', 'limit must be a whole number from 1 to 1000, got "0"'],
    ['limit=1001', 'limit must be a whole number from 1 to 1000, got "1001"'],
    ['limit=abc', 'limit must be a whole number from 1 to 1000, got "abc"'],
    ['limit=-1', 'limit must be a whole number from 1 to 1000, got "-1"'],
    ['limit=1.5', 'limit must be a whole number from 1 to 1000, got "1.5"'],
    [
      'offset=-1',
      'offset must be a whole number from 0 to 9007199254740991, got "-1"',
    ],
    [
      'start_time=2026-01-01T00:00:00',
      'start_time must be a time in ISO 8601, in UTC and ending in Z, such as 2026-01-31T23:59:59Z, got "2026-01-01T00:00:00"',
    ],
    [
      'plugin_id=a&plugin_id=b',
      'plugin_id must be given at most once, got 2 times',
    ],
    [
      'status=initiated',
      'status must be one of succeeded, failed, got "initiated"',
    ],
    ['actor_id=%00', 'actor_id must not contain the character U+0000'],
  ])('%s', async (query, message) => {
    const { status, body, headers } = await service.list(query);
    expect(status).toBe(400);
    expect(body).toEqual({
      error: { name: 'InputError', message },
      request: { method: 'GET', url: `/v1/audit-event?${query}` },
      response: { statusCode: 400 },
    });
    expect(headers.get('cache-control')).toBe('no-store');
  });
});

describe('other methods are 405', () => {
  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
    '%s',
    async (method) => {
      const { status, headers, body } = await service.request(PATH, {
        method,
        headers: { authorization },
      });
      expect(status).toBe(405);
      expect(headers.get('allow')).toBe('GET, HEAD');
      expect(body).toEqual({
        error: {
          name: 'MethodNotAllowedError',
          message: `${method} is not allowed here, use GET`,
        },
        request: { method, url: '/v1/audit-event' },
        response: { statusCode: 405 },
      });
    },
  );

  it('POST with a body nobody reads', async () => {
    const body = Buffer.alloc(5_000_000);
    expect((await service.request(PATH, { method: 'POST', body })).status).toBe(
      405,
    );
  });
});

describe('other paths are 404', () => {
  it.each([
    [
      '/api/audit-log/v1/audit-events',
      '/v1/audit-events',
      '/api/audit-log/v1/audit-events',
    ],
    ['/api/audit-log/?a=b', '/?a=b', '/api/audit-log/'],
    ['/api/catalog/entities', '/api/catalog/entities', '/api/catalog/entities'],
    ['/nothing', '/nothing', '/nothing'],
    ['/%ff', '/%ff', '/%ff'],
  ])('%s', async (path, url, shown) => {
    const { status, body } = await service.request(path, {
      headers: { authorization },
    });
    expect(status).toBe(404);
    expect(body).toEqual({
      error: { name: 'NotFoundError', message: `There is nothing at ${shown}` },
      request: { method: 'GET', url },
      response: { statusCode: 404 },
    });
  });
});

describe('hostile queries are harmless', () => {
  it.each([
    ['a quote and a comment', "' or 1=1 --"],
    ['a second statement', "'; drop table audit.event; --"],
    ['a placeholder', '$1'],
    ['a cast', "x'::regclass"],
    ['a backslash', "\\' or true --"],
    ['a sleep', "' || pg_sleep(10) || '"],
    ['a wildcard of like', '%_%'],
  ])('%s', async (_, value) => {
    for (const name of [
      'plugin_id',
      'event_id',
      'actor_id',
      'request_method',
      'request_url',
      'action_type',
      'query_type',
      'entity_ref',
    ]) {
      const { status, body } = await service.list(
        `${name}=${encodeURIComponent(value)}&start_time=2026-01-01T00:00:00Z`,
      );
      expect([name, status, body.total]).toEqual([name, 200, 0]);
    }
    expect(
      (await service.list('start_time=2026-01-01T00:00:00Z')).body.total,
    ).toBe(1);
  });

  it.each([
    [
      'brackets and dots of deep objects',
      'limit[]=5&limit[a]=6&limit.b=7&__proto__=1&constructor[prototype]=2',
    ],
    [
      'a thousand keys',
      Array.from({ length: 1_500 }, (_, index) => `k${index}`).join('&'),
    ],
    ['broken percent-encoding', 'actor_id=%&event_id=%zz&plugin_id=%c3%28'],
    ['nothing but separators', '&&&==&?&'],
  ])('%s', async (_, query) => {
    expect((await service.list(query)).status).toBe(200);
  });

  it('a query of a megabyte is refused before it is read', async () => {
    expect(
      (await service.list(`actor_id=${'x'.repeat(1_000_000)}`)).status,
    ).toBe(431);
  });

  it('any text in any parameter is answered 200 or 400', async () => {
    const name = fc.constantFrom(
      'plugin_id',
      'actor_id',
      'request_url',
      'start_time',
      'end_time',
      'severity_level',
      'limit',
      'offset',
    );
    await fc.assert(
      fc.asyncProperty(
        name,
        fc.string({ unit: 'binary' }),
        async (parameter, value) => {
          const query = new URLSearchParams({ [parameter]: value }).toString();
          expect([200, 400]).toContain((await service.list(query)).status);
        },
      ),
      { numRuns: 100 },
    );
  });
});

it('reads the query of a request in absolute form', async () => {
  const { hostname, port } = new URL(service.url);
  const status = await new Promise((resolve, reject) => {
    const path = `http://elsewhere${PATH}?limit=0`;
    httpRequest(
      { hostname, port, path, headers: { authorization } },
      (response) => {
        response.resume().once('end', () => resolve(response.statusCode));
      },
    )
      .once('error', reject)
      .end();
  });
  expect(status).toBe(400);
});

it('a query that takes too long is 503 and says what to narrow', async () => {
  const client = await service.database.pool.connect();
  try {
    await client.query('begin');
    await client.query('lock table audit.event in access exclusive mode');
    const { status, body, headers } = await service.list();
    expect(status).toBe(503);
    expect(body.error).toEqual({
      name: 'ServiceUnavailableError',
      message:
        'The query was stopped because it took too long: narrow start_time and end_time, filter by actor_id, entity_ref or plugin_id, or use a smaller offset',
    });
    expect(headers.get('retry-after')).toBe('5');
  } finally {
    await client.query('rollback');
    client.release();
  }
  expect((await service.list()).status).toBe(200);
});

it('an unexpected failure is 500 with an id that leads to the log, and tells no more', async () => {
  const { pool } = service.database;
  await pool.query('alter table audit.event rename column meta to renamed');
  try {
    const { status, body } = await service.list();
    expect(status).toBe(500);
    expect(body).toEqual({
      error: {
        name: 'Error',
        message: expect.stringMatching(
          /^An internal error occurred logId=[0-9a-f]{20}$/,
        ),
      },
      request: { method: 'GET', url: '/v1/audit-event' },
      response: { statusCode: 500 },
    });
    const logId = body.error.message.slice(-20);
    const logged = service.log.find((line) => line.includes(logId));
    expect(logged).toContain('column \\"meta\\" does not exist');
    expect(logged).not.toContain(API_TOKEN);
  } finally {
    await pool.query('alter table audit.event rename column renamed to meta');
  }
});

it('counts requests by route and status', async () => {
  await service.list('limit=0');
  await service.request('/no/such/path');
  const { text, headers } = await service.request('/metrics');
  expect(headers.get('content-type')).toMatch(/^text\/plain/);
  expect(text).toMatch(
    /audit_query_request_duration_seconds_count\{route="\/api\/audit-log\/v1\/audit-event",method="GET",status="400"\} \d+/,
  );
  expect(text).toMatch(
    /audit_query_request_duration_seconds_count\{route="other",method="GET",status="404"\} \d+/,
  );
  expect(text).toContain('process_cpu_seconds_total');
});
