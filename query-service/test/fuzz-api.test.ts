import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import type {
  DocumentedOperation,
  DocumentedParameter,
} from '../src/v2/openapi/openapi-document';
import { freePort } from '../../test/src/free-port';
import { readDocument } from './kit/documented';
import type { Documented } from './kit/documented';
import { fromSchema } from './kit/from-schema';
import {
  hostileHeader,
  hostileJson,
  hostileText,
  hostileWords,
} from './kit/hostile';
import { idsOf } from './kit/ids-of';
import { startOidcService } from './kit/oidc-service';
import { plantAllKinds } from './kit/plant-all-kinds';
import { ADMIN_TOKEN, API_TOKEN } from './service';
import type { TestService } from './service';

/** Requests for each operation, and where to begin: `FUZZ_RUNS=5000 FUZZ_SEED=7 npm run fuzz:api`. */
const RUNS = Number(process.env['FUZZ_RUNS'] || 4);
const SEED = process.env['FUZZ_SEED']
  ? Number(process.env['FUZZ_SEED'])
  : undefined;
/** Of each method that a path does not have: there is one answer to all of them. */
const OTHER_RUNS = Math.max(1, Math.round(RUNS / 12));
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'];

let service: TestService;
let documented: Documented;
let ids: string[];
beforeAll(async () => {
  // Nobody answers there: the paths are, and say so.
  service = await startOidcService(
    `http://127.0.0.1:${await freePort()}`,
    await freePort(),
    {},
    { trustedProxies: ['loopback'] },
  );
  await plantAllKinds(service.database.url);
  ids = Object.values(await idsOf(service));
  documented = await readDocument(service);
});
afterAll(() => service.close());

/** One parameter of a query, right or nearly so. */
function pairOf({ name, schema }: DocumentedParameter) {
  const items = schema['items'] ?? schema;
  const value = fc
    .oneof(fc.constant(''), fromSchema(items, ids), hostileText)
    .map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
  const path = fc.oneof(fc.constantFrom('a', 'a.0', 'a!'), hostileText);
  return fc.tuple(
    name === 'meta' ? path.map((one) => `meta.${one}`) : fc.constant(name),
    value,
  );
}

/** A query of parameters that there are, and of others. */
function queryFor(parameters: readonly DocumentedParameter[]) {
  const known = parameters.filter((one) => one.in === 'query').map(pairOf);
  const any = fc.tuple(hostileText, hostileText);
  const pair = fc.oneof(
    { weight: 12, arbitrary: fc.oneof(...known, ...(known[0] ? [] : [any])) },
    { weight: 1, arbitrary: any },
  );
  const wellFormed = fc.array(pair, { maxLength: 4 }).map(queryOf);
  // Also what is no encoding at all.
  const raw = hostileText.map((text) => text.replace(/[^\x21-\x7e]|#/g, '%'));
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant('') },
    { weight: 6, arbitrary: wellFormed },
    { weight: 1, arbitrary: raw },
  );
}

function queryOf(pairs: readonly (readonly [string, string])[]): string {
  return new URLSearchParams(
    pairs.map(([name, value]): [string, string] => [
      name.toWellFormed(),
      value.toWellFormed(),
    ]),
  ).toString();
}

/** A part of a path; what is right is asked for as often as what is not. */
const idInPath = () =>
  fc.oneof(
    fc.constantFrom(...ids),
    // The client resolves dots before it asks.
    hostileText.map((text) =>
      /^\.*$/.test(text) ? 'x' : encodeURIComponent(text.toWellFormed()),
    ),
    // Bytes that are no text.
    fc.constantFrom('%', '%E0%A4%A', '%ED%A0%80', '%00', '%FF'),
  );

/** Headers that an operation has, that it must not stumble over, and who asks. */
function headersFor(parameters: readonly DocumentedParameter[]) {
  const own = parameters.filter((one) => one.in === 'header');
  const value = fc.oneof(fc.constantFrom('*', '"1"'), hostileHeader);
  return fc.record<Record<string, string>>(
    {
      ...Object.fromEntries(own.map(({ name }) => [name, value])),
      authorization: fc.oneof(
        { weight: 12, arbitrary: fc.constant(`Bearer ${ADMIN_TOKEN}`) },
        { weight: 1, arbitrary: fc.constant(`Bearer ${API_TOKEN}`) },
        { weight: 1, arbitrary: hostileHeader },
      ),
      accept: fc.oneof(
        fc.constantFrom('*/*', 'application/yaml'),
        hostileHeader,
      ),
      'user-agent': hostileHeader,
      cookie: fc.oneof(
        hostileHeader,
        fc
          .constantFrom('otel-audit-session', 'otel-audit-sign-in')
          .map((name) => `${name}=${'A'.repeat(43)}`),
      ),
      'x-forwarded-proto': hostileHeader,
      'sec-fetch-site': hostileHeader,
    },
    { requiredKeys: ['authorization', ...own.map(({ name }) => name)] },
  );
}

interface Body {
  text: string;
  headers: Record<string, string>;
}

/** A body by its schema, any JSON with the same words, any text; of its type or another. */
function bodyFor({
  requestBody,
}: Pick<DocumentedOperation, 'requestBody'>): Arbitrary<Body | undefined> {
  const content = Object.entries(requestBody?.content ?? {});
  if (content.length === 0) return fc.constant(undefined);
  const types = content.map(([type]) => type);
  const keys = [...JSON.stringify(content).matchAll(/"(\w+)":\{/g)].map(
    ([, key]) => key!,
  );
  const right = fc.oneof(
    ...content.map(([type, { schema }]) =>
      fromSchema(schema, ids).map((value) => ({
        text: JSON.stringify(value),
        headers: { 'content-type': type },
      })),
    ),
  );
  const other = fc
    .record({
      text: fc.oneof(
        hostileJson(keys).map((value) => JSON.stringify(value)),
        hostileText.map((text) => text.toWellFormed()),
      ),
      type: fc.oneof(fc.constantFrom(...types), hostileHeader),
      encoding: fc.constantFrom('identity', 'identity', 'gzip', 'x'),
    })
    .map(({ text, type, encoding }) => ({
      text,
      headers: { 'content-type': type, 'content-encoding': encoding },
    }));
  return fc.oneof(
    { weight: 3, arbitrary: right },
    { weight: 1, arbitrary: other },
  );
}

let address = 0;

/** Asks, and says what is wrong with the answer. */
async function problemOf(
  path: string,
  method: string,
  id: string,
  query: string,
  headers: Record<string, string>,
  body?: Body,
): Promise<string | undefined> {
  // Else a fault of before would make every smaller request look like its cause.
  service.log.length = 0;
  // Live tails do not end by themselves.
  const suffix = path.endsWith('/tail') ? '&format=json' : '';
  const answer = await service.request(
    `${path.replace('{id}', id)}?${query}${suffix}`,
    {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(15_000),
      headers: {
        ...headers,
        ...body?.headers,
        // Who guesses would soon be answered 429 and nothing else.
        'x-forwarded-for': `2001:db8:${(address >> 16).toString(16)}:${(address++ & 0xffff).toString(16)}::1`,
      },
      ...(body && { body: body.text }),
    },
  );
  const { status, text } = answer;
  const fault = service.log.find((line) => line.includes('internal error'));
  if (fault !== undefined || status === 500) return `a fault: ${fault}`;
  // Node refuses it before the service sees it.
  if (status === 431) return undefined;
  const problem = documented.problemWith(path, method, answer);
  if (problem !== undefined) return problem;
  if (status < 400 || !answer.body || method === 'HEAD') return undefined;
  const { error, response } = answer.body;
  if (error === undefined) return undefined;
  if (response.statusCode !== status) return `statusCode is not ${status}`;
  if (!/^[^\n]{5,8000}$/.test(error.message)) return 'no sentence';
  // Neither secrets nor SQL are for strangers.
  if (/\bselect\b.*\bfrom\b|at .*\.[jt]s:\d+/.test(text)) return 'it tells';
  return undefined;
}

async function fuzz(
  path: string,
  method: string,
  operation: DocumentedOperation | undefined,
) {
  const parameters = (operation?.parameters ?? []).filter(
    ({ name }) => !(path.endsWith('/tail') && name === 'format'),
  );
  const request = fc.record({
    id: path.includes('{id}') ? idInPath() : fc.constant(''),
    query: queryFor(parameters),
    headers: headersFor(parameters),
    body: bodyFor(operation ?? {}),
  });
  await fc.assert(
    fc.asyncProperty(request, async ({ id, query, headers, body }) => {
      const found = await problemOf(path, method, id, query, headers, body);
      // Whatever its method, a path that cannot be read is refused first.
      if (!operation && id.startsWith('%') && found?.includes('got 400'))
        return;
      expect(found).toBeUndefined();
    }),
    {
      numRuns: operation ? RUNS : OTHER_RUNS,
      ...(SEED !== undefined && { seed: SEED }),
    },
  );
}

it('answers whatever is asked as it is described', async () => {
  const paths = Object.entries(documented.document.paths);
  expect(paths.length).toBeGreaterThan(30);
  for (const [path, operations] of paths)
    for (const method of METHODS) {
      const name = method === 'HEAD' ? 'get' : method.toLowerCase();
      await fuzz(path, method, operations[name]);
    }
}, 3_600_000);

it('answers every parameter, whatever hostile it is given, as it is described', async () => {
  let turn = SEED ?? Date.now();
  for (const [path, operations] of Object.entries(documented.document.paths))
    for (const [method, { parameters = [] }] of Object.entries(operations)) {
      const names = parameters
        .filter((one) => one.in === 'query')
        .map(({ name }) => (name === 'meta' ? 'meta.a' : name))
        .filter((name) => !(path.endsWith('/tail') && name === 'format'));
      const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
      for (const name of names) {
        // What no text in Postgres may have; now and then, or always in a long run, another one beside it.
        const word = hostileWords[turn++ % hostileWords.length]!;
        const isLong = RUNS > 50 || turn % 4 === 0;
        for (const value of isLong ? ['a\0', word] : ['a\0']) {
          const query = queryOf([[name, value]]);
          const found = await problemOf(
            path,
            method.toUpperCase(),
            ids[turn % ids.length]!,
            query,
            headers,
          );
          expect([path, query, found]).toEqual([path, query, undefined]);
        }
      }
    }
}, 3_600_000);
