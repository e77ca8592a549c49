import fc from 'fast-check';
import { anAuditEvent } from '../../test/src/audit-events';
import { createPlanter } from '../../test/src/planted-events';
import {
  hostileHeader,
  hostileJson,
  hostileText,
  wordsOf,
} from './kit/hostile';
import { ADMIN_TOKEN, startTestService } from './service';
import type { TestService } from './service';

/** Requests for each path and method, and where to begin: `FUZZ_RUNS=5000 FUZZ_SEED=7 npm run fuzz:api`. */
const RUNS = Number(process.env['FUZZ_RUNS'] || 15);
const SEED = process.env['FUZZ_SEED']
  ? Number(process.env['FUZZ_SEED'])
  : undefined;

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'];
const KEYS = [
  ...['rule', 'excludeRules', 'protectedEvents', 'days', 'comment', 'actorId'],
  ...['eventId', 'status', 'metaPath', 'pluginId', 'requestPath', 'token'],
  ...['subject', 'access_restrictions', 'expires_at', 'secret', 'plugin'],
  ...['permission', 'permissionAttribute', 'action'],
];

/** What the document does not describe, and how a path begins there. */
const UNDESCRIBED = [
  '/api/audit-log/v1/audit-event',
  '/api/audit-log/v2/ledger',
  '/api/audit-log/v2/quarantine',
  '/api/audit-log/v2/quarantine/{id}',
  '/api/audit-log/v2/quarantine/{id}/raw',
  '/api/audit-log/v2/rules',
  '/api/audit-log/v2/rules/dry-run',
  '/api/audit-log/v2/rules/{id}',
  '/api/audit-log/v2/rules/{id}/versions',
  '/api/audit-log/v2/tokens',
  '/api/audit-log/v2/tokens/{id}',
  '/api/audit-log/v2/tokens/{id}/secret',
  '/api/session',
  '/sign-in',
  '/{id}',
];

/** Parameters that some of them take. */
const NAMES = [
  ...['start_time', 'end_time', 'limit', 'offset', 'cursor', 'reason'],
  ...['state', 'service_name', 'silent_after', 'compare', 'actor_id'],
  ...['severity_level', 'status', 'actor_type', 'request_url', 'plugin_id'],
].map((name) => ({ name, in: 'query', schema: {} }));

interface Described {
  parameters: {
    name: string;
    in: string;
    schema: Parameters<typeof wordsOf>[0];
  }[];
  responses: Record<string, { content: Record<string, object> }>;
}

let service: TestService;
let document: { paths: Record<string, Record<string, Described>> };
beforeAll(async () => {
  service = await startTestService({ trustedProxies: ['loopback'] });
  const planter = await createPlanter(service.database.url);
  await planter.plant([anAuditEvent(), anAuditEvent({ status: 'failed' })]);
  await planter.close();
  const answer = await service.request('/api/audit-log/v2/openapi.json');
  document = answer.body;
});
afterAll(() => service.close());

/** A query of parameters that there are, with values that may be right, and of others. */
function queryFor(parameters: Described['parameters']) {
  const known = parameters
    .filter((one) => one.in === 'query')
    .map(({ name, schema }) =>
      fc.tuple(
        fc.constant(name),
        fc.oneof(fc.constantFrom('', ...wordsOf(schema)), hostileText),
      ),
    );
  const pair = fc.oneof(
    {
      weight: 8,
      arbitrary:
        known.length > 0
          ? fc.oneof(...known)
          : fc.tuple(hostileText, hostileText),
    },
    { weight: 1, arbitrary: fc.tuple(hostileText, hostileText) },
    {
      weight: 1,
      arbitrary: fc.tuple(
        hostileText.map((path) => `meta.${path}`),
        hostileText,
      ),
    },
  );
  const wellFormed = fc
    .array(pair, { maxLength: 4 })
    .map((pairs) =>
      new URLSearchParams(
        pairs.map(([name, value]): [string, string] => [
          name.toWellFormed(),
          value.toWellFormed(),
        ]),
      ).toString(),
    );
  // Also what is no encoding at all.
  const raw = hostileText.map((text) => text.replace(/[^\x21-\x7e]|#/g, '%'));
  return fc.oneof(
    { weight: 5, arbitrary: wellFormed },
    { weight: 1, arbitrary: raw },
  );
}

const headers = fc.record(
  {
    'if-match': hostileHeader,
    'last-event-id': hostileHeader,
    accept: hostileHeader,
    'content-type': fc.oneof(
      fc.constantFrom('application/json', 'application/yaml'),
      hostileHeader,
    ),
    'content-encoding': fc.constantFrom('gzip', 'identity', 'x'),
    'user-agent': hostileHeader,
    cookie: fc.oneof(
      hostileHeader,
      fc.constant(`otel-audit-session=${'A'.repeat(43)}`),
    ),
    'x-forwarded-proto': hostileHeader,
    'sec-fetch-site': hostileHeader,
  },
  { requiredKeys: [] },
);
const authorization = fc.oneof(
  { weight: 9, arbitrary: fc.constant(`Bearer ${ADMIN_TOKEN}`) },
  { weight: 1, arbitrary: hostileHeader },
);

/** What the service said of requests that it had no answer for. */
const faults = () =>
  service.log.filter((line) => line.includes('internal error'));
let address = 0;

async function fuzz(path: string, method: string, described?: Described) {
  const body = fc.option(
    fc.oneof(
      hostileJson(KEYS).map((json) => JSON.stringify(json)),
      hostileText,
    ),
    { nil: undefined },
  );
  const request = fc.record({
    id: hostileText,
    query: queryFor(described?.parameters ?? NAMES),
    headers,
    authorization,
    body,
  });
  await fc.assert(
    fc.asyncProperty(request, async (given) => {
      // Else a fault of before would make every smaller request look like its cause.
      service.log.length = 0;
      const id = encodeURIComponent(given.id.toWellFormed()) || 'x';
      // Live tails do not end by themselves.
      const suffix = path.endsWith('/tail') ? '&format=json' : '';
      const url = `${path.replace('{id}', id)}?${given.query}${suffix}`;
      const hasBody = given.body !== undefined && method !== 'GET';
      const {
        status,
        body: answer,
        text,
      } = await service.request(url, {
        method,
        redirect: 'manual',
        signal: AbortSignal.timeout(30_000),
        headers: {
          ...given.headers,
          authorization: given.authorization,
          // Who guesses would soon be answered 429 and nothing else.
          'x-forwarded-for': `2001:db8:${(address >> 16).toString(16)}:${(address++ & 0xffff).toString(16)}::1`,
        },
        ...(hasBody && { body: given.body!.toWellFormed() }),
      });
      expect(faults()).toEqual([]);
      if (described && method === 'GET')
        expect(Object.keys(described.responses)).toContain(String(status));
      expect(status).not.toBe(500);
      if (status < 400) return;
      expect(answer?.error).toEqual({
        name: expect.stringMatching(/^\w+Error$/),
        message: expect.stringMatching(/^[^\n]{5,8000}$/),
      });
      expect(answer.response).toEqual({ statusCode: status });
      // Neither secrets nor SQL are for strangers.
      expect(text).not.toMatch(/\bselect\b.*\bfrom\b|at .*\.[jt]s:\d+/);
    }),
    { numRuns: RUNS, ...(SEED !== undefined && { seed: SEED }) },
  );
}

it('has an answer to whatever is asked of a path that is described', async () => {
  expect(Object.keys(document.paths).length).toBeGreaterThan(5);
  for (const [path, operations] of Object.entries(document.paths))
    for (const method of METHODS)
      await fuzz(path, method, operations[method.toLowerCase()]);
}, 3_600_000);

it.each(UNDESCRIBED)(
  'has an answer to whatever is asked of %s',
  async (path) => {
    for (const method of METHODS) await fuzz(path, method);
  },
  3_600_000,
);
