import fc from 'fast-check';
import { aRow, insertRows } from './events';
import type { TestEvent } from './events';
import { startTestService } from './service';
import type { TestService } from './service';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());
afterEach(() =>
  service.database.pool.query('truncate audit.event, audit.event_count'),
);

const insert = (rows: TestEvent[]) => insertRows(service.database.pool, rows);
const JANUARY = 'start_time=2026-01-01T00:00:00Z&end_time=2026-01-31T23:59:59Z';

/** The ids of a page, or the error in their place. */
async function ids(query: string): Promise<string[]> {
  const { body } = await service.list(query);
  return body.error ?? body.data.map(({ id }: { id: string }) => id);
}

describe('request_url', () => {
  it.each([
    ['/api/catalog/entities', 1],
    ['/api/catalog/entities*', 2],
    ['/api/catalog/*', 3],
    ['/api/CATALOG/*', 0],
    ['/api/catalog', 0],
    ['/api/c_talog/*', 0],
    ['/api/%/entities', 0],
    [String.raw`/api/odd\_%*`, 1],
    ['*', 4],
    ['/api/*/entities', 0],
    ['/api/catalog/star**', 1],
  ])('%s finds %i', async (pattern, count) => {
    await insert([
      aRow({ request_url: '/api/catalog/entities' }),
      aRow({ request_url: '/api/catalog/entities/by-query' }),
      aRow({ request_url: '/api/catalog/star*' }),
      aRow({ request_url: String.raw`/api/odd\_%` }),
      aRow({ request_url: null }),
    ]);
    expect(
      await ids(`${JANUARY}&request_url=${encodeURIComponent(pattern)}`),
    ).toHaveLength(count);
  });
});

const plugin_id = ['catalog', 'scaffolder'];
const event_id = ['entity-fetch', 'task'];
const severity_level = ['low', 'medium', 'high', 'critical'] as const;
const status = ['succeeded', 'failed'] as const;
const actor_id = ['user:default/john', "plugin:o'brien"];
const actor_type = ['user', 'service', 'anonymous'] as const;
const request_method = ['GET', 'POST'];
const request_url = ['/api/catalog/entities', '/api/catalog/refresh'];
const action_type = ['create', 'delete'];
const query_type = ['all', 'by-query'];
const entity_ref = ['component:default/a', 'component:default/b'];

const oneOf = <T extends string>(values: readonly T[]) =>
  fc.constantFrom(...values);
const orNull = (values: readonly string[]) =>
  fc.option(fc.constantFrom(...values), { nil: null });

const row: fc.Arbitrary<TestEvent> = fc
  .record({
    event_time: fc
      .integer({ min: 0, max: 50 })
      .map((hour) => new Date(Date.UTC(2026, 0, 1, hour)).toISOString()),
    plugin_id: oneOf(plugin_id),
    event_id: oneOf(event_id),
    severity_level: oneOf(severity_level),
    status: oneOf([...status, 'initiated'] as const),
    actor_id: oneOf(actor_id),
    actor_type: oneOf(actor_type),
    request_method: orNull(request_method),
    request_url: orNull(request_url),
    action_type: orNull(action_type),
    query_type: orNull(query_type),
    entity_ref: orNull(entity_ref),
  })
  .map((fields) => aRow(fields));

const filters = fc.record(
  {
    plugin_id: oneOf(plugin_id),
    event_id: oneOf(event_id),
    severity_level: fc.subarray([...severity_level], { minLength: 1 }),
    status: oneOf(status),
    actor_id: oneOf(actor_id),
    actor_type: oneOf(actor_type),
    request_method: oneOf(request_method),
    request_url: oneOf(request_url),
    action_type: oneOf(action_type),
    query_type: oneOf(query_type),
    entity_ref: oneOf(entity_ref),
  },
  { requiredKeys: [] },
);

/** The contract in plain JavaScript: newest first, then id downwards; AND between filters, OR within severity_level. */
function expectedIds(
  rows: TestEvent[],
  filter: Partial<Record<string, string | string[]>>,
): string[] {
  return rows
    .filter((event) => event.status !== 'initiated')
    .filter((event) =>
      Object.entries(filter).every(([name, wanted]) =>
        [wanted].flat().includes(event[name as keyof TestEvent] ?? undefined),
      ),
    )
    .sort((a, b) =>
      `${a.event_time} ${a.id}` < `${b.event_time} ${b.id}` ? 1 : -1,
    )
    .map(({ id }) => id);
}

it('every combination of filters gives the rows, the order and the total that plain JavaScript gives', async () => {
  const rows = fc.sample(row, { numRuns: 300, seed: 20_260_115 });
  await insert(rows);
  await fc.assert(
    fc.asyncProperty(
      filters,
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 0, max: 30 }),
      async (filter, limit, offset) => {
        const query = new URLSearchParams({
          limit: String(limit),
          offset: String(offset),
        });
        for (const [name, value] of Object.entries(filter))
          query.set(name, String(value));
        const { body } = await service.list(`${JANUARY}&${query.toString()}`);
        const expected = expectedIds(rows, filter);
        expect(body.total).toBe(expected.length);
        expect(body.data.map(({ id }: TestEvent) => id)).toEqual(
          expected.slice(offset, offset + limit),
        );
      },
    ),
    { numRuns: 150 },
  );
});

it('takes several severities as repeated keys, as a comma list, or both', async () => {
  const rows = severity_level.map((level, index) =>
    aRow({
      severity_level: level,
      event_time: `2026-01-02T00:00:0${9 - index}.000Z`,
    }),
  );
  await insert(rows);
  const [low, , high, critical] = rows.map(({ id }) => id);
  expect(await ids(`${JANUARY}&severity_level=high,critical`)).toEqual([
    high,
    critical,
  ]);
  expect(
    await ids(`${JANUARY}&severity_level=high&severity_level=critical`),
  ).toEqual([high, critical]);
  expect(
    await ids(`${JANUARY}&severity_level=high,critical&severity_level=low`),
  ).toEqual([low, high, critical]);
});

describe('string filters are exact', () => {
  it.each([
    'User:default/john',
    'user:default/joh',
    'user:default/john ',
    'user:default/*',
    'user:%',
    '%',
  ])('actor_id=%j finds nothing', async (actorId) => {
    await insert([aRow()]);
    expect(
      await ids(`${JANUARY}&actor_id=${encodeURIComponent(actorId)}`),
    ).toEqual([]);
  });
});
