import fc from 'fast-check';
import { API_TOKEN, startTestService } from './service';
import type { TestService } from './service';

let service: TestService;
beforeAll(async () => {
  // Its tables take seconds on a busy machine, in which nobody uses the connection, so that the server closes it.
  fc.sample(fc.string({ unit: 'binary' }), 1);
  service = await startTestService();
});
afterAll(() => service.close());

const create = (body: object) =>
  service.admin('POST', '/v2/tokens', { body: { subject: 'siem', ...body } });

const ID = '00000000-0000-8000-8000-000000000009';

it.each([
  [{ subject: 'user:default/john' }, /^subject must be /],
  [{ subject: 'A' }, /^subject must be /],
  [{ subject: 5 }, 'subject must be a string, got a number'],
  [
    { secret: '1234567' },
    'secret: Illegal token, must be at least 8 characters length',
  ],
  [
    { secret: 'with a space' },
    'secret: Illegal token, must be a set of non-space characters',
  ],
  [
    { expires_at: '2020-01-01T00:00:00Z' },
    'expires_at must be a time to come, got "2020-01-01T00:00:00.000Z"',
  ],
  [
    { expires_at: 'tomorrow' },
    'expires_at must be a time in ISO 8601, in UTC and ending in Z, such as 2026-01-31T23:59:59Z, got "tomorrow"',
  ],
  [
    { secret: 'schlüssel' },
    'secret: Illegal token, must be visible ASCII characters, no header can carry others',
  ],
  [
    { access_restrictions: [{ plugin: '\udc00' }] },
    /^access_restrictions: expected null or .*: 0.plugin: must be text without U\+0000 and lone surrogates$/,
  ],
  [
    { access_restrictions: 'audit-log' },
    /^access_restrictions: expected null or a list such as /,
  ],
  [
    { access_restrictions: [{ plugin: 'audit-log', permissions: [] }] },
    /^access_restrictions: expected null or a list such as .*: 0: Unrecognized key: "permissions"$/,
  ],
  [
    {
      access_restrictions: [
        { plugin: 'audit-log', permission: 'audit.log.raed' },
      ],
    },
    'access_restrictions: expected permissions of audit-log to be among audit.log.read, audit.log.export, audit.settings.read, audit.settings.write, got "audit.log.raed"',
  ],
  [{ restrictions: null }, /^The body must have no keys but subject, /],
])('refuses %j', async (body, message) => {
  const answer = await create(body);
  expect(answer.status).toBe(400);
  expect(answer.body.error.message).toEqual(
    typeof message === 'string' ? message : expect.stringMatching(message),
  );
});

it.each([
  ['GET', '/v2/tokens', 'audit.settings.read'],
  ['POST', '/v2/tokens', 'audit.settings.write'],
  ['GET', `/v2/tokens/${ID}`, 'audit.settings.read'],
  ['PUT', `/v2/tokens/${ID}`, 'audit.settings.write'],
  ['DELETE', `/v2/tokens/${ID}`, 'audit.settings.write'],
  ['POST', `/v2/tokens/${ID}/secret`, 'audit.settings.write'],
  ['DELETE', `/v2/tokens/${ID}/secret`, 'audit.settings.write'],
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

it('anything at all: refused with a sentence or taken, never a fault', async () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('siem', '\0', '\ud800', '\udc00', 'audit-log', '\\u0000'),
  );
  const restrictions = fc.oneof(
    fc.array(
      fc.record(
        {
          plugin: text,
          permission: fc.oneof(text, fc.array(text)),
          permissionAttribute: fc.record({ action: fc.array(text) }),
        },
        { requiredKeys: ['plugin'] },
      ),
    ),
    fc.jsonValue(),
  );
  const body = fc.oneof(
    fc.record(
      {
        subject: fc.oneof(fc.uuid(), text, fc.jsonValue()),
        access_restrictions: restrictions,
        expires_at: fc.oneof(text, fc.jsonValue()),
        secret: fc.oneof(text, fc.jsonValue()),
      },
      { requiredKeys: ['subject'] },
    ),
    fc.record({ subject: fc.uuid(), access_restrictions: restrictions }),
    fc.jsonValue(),
  );
  await fc.assert(
    fc.asyncProperty(body, async (sent) => {
      const answer = await service.admin('POST', '/v2/tokens', { body: sent });
      expect([201, 400, 409]).toContain(answer.status);
    }),
    { numRuns: 300 },
  );
  expect((await service.admin('GET', '/v2/tokens')).status).toBe(200);
});
