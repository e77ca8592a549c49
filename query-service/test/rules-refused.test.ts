import fc from 'fast-check';
import { API_TOKEN, startTestService } from './service';
import type { TestService } from './service';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

const ID = '00000000-0000-8000-8000-000000000009';

describe('who may', () => {
  it.each([
    ['GET', '/v2/rules', 'audit.settings.read'],
    ['GET', `/v2/rules/${ID}`, 'audit.settings.read'],
    ['GET', `/v2/rules/${ID}/versions`, 'audit.settings.read'],
    ['POST', '/v2/rules', 'audit.settings.write'],
    ['PUT', '/v2/rules', 'audit.settings.write'],
    ['PUT', `/v2/rules/${ID}`, 'audit.settings.write'],
    ['DELETE', `/v2/rules/${ID}`, 'audit.settings.write'],
    ['POST', '/v2/rules/dry-run', 'audit.settings.read'],
    ['POST', '/v2/rules/check', 'audit.settings.read'],
  ])('%s %s needs a token, and the permission', async (method, path, name) => {
    const url = `/api/audit-log${path}`;
    expect((await service.request(url, { method })).status).toBe(401);
    const refused = await service.request(url, {
      method,
      headers: { authorization: `Bearer ${API_TOKEN}` },
    });
    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toBe(
      `Unauthorized, missing permission ${name}`,
    );
  });
});

it.each([
  ['PATCH', '/v2/rules', 'GET, HEAD, POST, PUT'],
  ['POST', `/v2/rules/${ID}`, 'GET, HEAD, PUT, DELETE'],
  ['GET', '/v2/rules/dry-run', 'POST'],
  ['GET', '/v2/rules/check', 'POST'],
])('%s %s is answered 405', async (method, path, allow) => {
  const answer = await service.admin(method, path);
  expect(answer.status).toBe(405);
  expect(answer.headers.get('allow')).toBe(allow);
});

describe('hostile bodies', () => {
  it.each([
    ['no JSON', '{', 400, 'The body must be JSON'],
    ['a list', [], 400, 'The body must be a JSON object'],
    ['null', 'null', 400, 'The body must be a JSON object'],
    [
      'an unknown key',
      { rules: 1 },
      400,
      'The body must have no keys but rule, comment, got "rules"',
    ],
    [
      'U+0000 in a comment',
      { rule: { eventId: 'a' }, comment: 'a\0' },
      400,
      'comment must be text without U+0000 and lone surrogates',
    ],
    [
      'half a character',
      '{"rule":{"eventId":"a"},"comment":"\\ud800"}',
      400,
      'comment must be text without U+0000 and lone surrogates',
    ],
    [
      'a long comment',
      { rule: { eventId: 'a' }, comment: 'x'.repeat(1_001) },
      400,
      'comment must have at most 1000 characters, got 1001',
    ],
    [
      'more than a mebibyte',
      ' '.repeat(1024 * 1024 + 1),
      413,
      'The body must have at most 1048576 bytes',
    ],
  ])('%s', async (_, body, status, message) => {
    const answer = await service.admin('POST', '/v2/rules', { body });
    expect(answer.status).toBe(status);
    expect(answer.body.error.message).toBe(message);
  });

  it.each([
    ['text/plain', {}, 'Content-Type must be application/json'],
    ['application/json', { 'content-encoding': 'gzip' }, 'compressed'],
  ])('%s %j is answered 415', async (type, headers, message) => {
    const answer = await service.admin('POST', '/v2/rules', {
      body: '{}',
      headers: { 'content-type': type, ...headers },
    });
    expect(answer.status).toBe(415);
    expect(answer.body.error.message).toContain(message);
  });

  it('anything at all: refused with a sentence or taken, never a fault', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('*', 'plugin:*', '\0', '\ud800', 'a'.repeat(300)),
    );
    const key = fc.oneof(
      fc.constantFrom(
        'actorId',
        'eventId',
        'status',
        'acknowledgeBroad',
        '__proto__',
      ),
      text,
    );
    const rule = fc.oneof(
      fc.dictionary(key, fc.oneof(text, fc.jsonValue())),
      fc.jsonValue(),
    );
    const paths = fc.constantFrom<[string, string, number[]]>(
      ['POST', '/v2/rules', [201, 400, 409]],
      ['POST', '/v2/rules/dry-run', [200, 400]],
      ['PUT', '/v2/rules', [200, 400, 409]],
      // 404 once a whole set has replaced it.
      [
        'PUT',
        '/v2/rules/00000000-0000-8000-8000-000000000001',
        [200, 400, 404, 409],
      ],
    );
    const body = fc.oneof(
      fc.record({ rule, comment: text }, { requiredKeys: [] }),
      fc.record({ excludeRules: fc.oneof(fc.array(rule), fc.jsonValue()) }),
      fc.record({
        rule,
        days: fc.jsonValue(),
        protectedEvents: fc.jsonValue(),
      }),
      fc.jsonValue(),
      text,
    );
    await fc.assert(
      fc.asyncProperty(paths, body, async ([method, path, statuses], sent) => {
        const answer = await service.admin(method, path, {
          body: sent,
          headers: { 'if-match': '*' },
        });
        expect(statuses).toContain(answer.status);
        if (answer.status >= 400)
          expect(answer.body.error.message).toEqual(expect.any(String));
      }),
      { numRuns: 300 },
    );
    const { rows } = await service.database.pool.query(
      `select count(*)::integer as bad from audit.batch where received <> stored`,
    );
    expect(rows).toEqual([{ bad: 0 }]);
  });
});
