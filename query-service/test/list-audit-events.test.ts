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
const minutesAgo = (minutes: number) =>
  new Date(Date.now() - minutes * 60_000).toISOString();

/** The ids of a page, or the error in their place. */
async function ids(query: string): Promise<string[]> {
  const { body } = await service.list(query);
  return body.error ?? body.data.map(({ id }: { id: string }) => id);
}

it('answers with the sample of the contract, field by field', async () => {
  await insert([aRow({ id: '01980f5e-7c1a-7b3e-9d52-5f0a6b1c2d3e' })]);
  const { status, text } = await service.list(JANUARY);
  expect(status).toBe(200);
  expect(text).toBe(
    JSON.stringify({
      data: [
        {
          id: '01980f5e-7c1a-7b3e-9d52-5f0a6b1c2d3e',
          event_time: '2026-01-15T10:30:00.000Z',
          recorded_at: '2026-01-15T10:30:00.120Z',
          plugin_id: 'catalog',
          event_id: 'entity-fetch',
          severity_level: 'low',
          status: 'succeeded',
          actor_type: 'user',
          actor_id: 'user:default/john',
          request_method: 'GET',
          request_url: '/api/catalog/entities',
          action_type: null,
          query_type: 'all',
          entity_ref: null,
          meta: {},
        },
      ],
      total: 1,
      limit: 100,
      offset: 0,
    }),
  );
});

it('shows what is null as null and what is given as given', async () => {
  const row = aRow({
    status: 'failed',
    severity_level: 'critical',
    actor_type: 'anonymous',
    actor_id: 'anonymous',
    request_method: null,
    request_url: null,
    action_type: 'delete',
    query_type: null,
    entity_ref: 'component:default/"quoted" ünïcode \u2028 😀',
    meta: '{"a": [1, null, {"b": "c"}]}',
  });
  await insert([row]);
  const { body } = await service.list(JANUARY);
  expect(body.data).toEqual([{ ...row, meta: { a: [1, null, { b: 'c' }] } }]);
});

it('gives numbers in meta that JavaScript cannot hold as they were stored', async () => {
  const meta =
    '{"big": 12345678901234567890123, "tiny": 0.10000000000000000001, "zeros": 1.500}';
  await insert([aRow({ meta })]);
  const { text } = await service.list(JANUARY);
  expect(text).toContain('"big": 12345678901234567890123');
  expect(text).toContain('"tiny": 0.10000000000000000001');
  expect(text).toContain('"zeros": 1.500');
});

describe('the documented calls', () => {
  it('plugin_id=catalog&severity_level=medium&limit=10', async () => {
    const medium = Array.from({ length: 12 }, (_, index) =>
      aRow({ severity_level: 'medium', event_time: minutesAgo(index + 1) }),
    );
    await insert([
      ...medium,
      aRow({ event_time: minutesAgo(1) }),
      aRow({
        severity_level: 'medium',
        plugin_id: 'scaffolder',
        event_time: minutesAgo(1),
      }),
    ]);
    const { body } = await service.list(
      'plugin_id=catalog&severity_level=medium&limit=10',
    );
    expect(body).toMatchObject({ total: 12, limit: 10, offset: 0 });
    expect(body.data.map(({ id }: TestEvent) => id)).toEqual(
      medium.slice(0, 10).map(({ id }) => id),
    );
  });

  it('status=failed&start_time=2026-01-01T00:00:00Z&end_time=2026-01-31T23:59:59Z', async () => {
    const failed = ['2026-01-31T23:59:59.000Z', '2026-01-01T00:00:00.000Z'].map(
      (event_time) => aRow({ status: 'failed', event_time }),
    );
    await insert([
      ...failed,
      aRow(),
      aRow({ status: 'failed', event_time: '2026-01-31T23:59:59.001Z' }),
      aRow({ status: 'failed', event_time: '2025-12-31T23:59:59.999Z' }),
    ]);
    expect(await ids(`status=failed&${JANUARY}`)).toEqual(
      failed.map(({ id }) => id),
    );
  });

  it('event_id=entity-fetch&limit=10&offset=1', async () => {
    const rows = [1, 2, 3].map((minutes) =>
      aRow({ event_time: minutesAgo(minutes) }),
    );
    await insert([
      ...rows,
      aRow({ event_id: 'entity-mutate', event_time: minutesAgo(1) }),
    ]);
    const { body } = await service.list(
      'event_id=entity-fetch&limit=10&offset=1',
    );
    expect(body).toMatchObject({ total: 3, limit: 10, offset: 1 });
    expect(body.data.map(({ id }: TestEvent) => id)).toEqual([
      rows[1]!.id,
      rows[2]!.id,
    ]);
  });
});

it('lists the last 30 days until now when no time is given', async () => {
  const day = 24 * 60;
  const inside = [minutesAgo(1), minutesAgo(30 * day - 1)].map((event_time) =>
    aRow({ event_time }),
  );
  await insert([
    ...inside,
    aRow({ event_time: minutesAgo(30 * day + 1) }),
    aRow({ event_time: minutesAgo(-10) }),
  ]);
  expect(await ids('')).toEqual(inside.map(({ id }) => id));
});

it('hides operations that have only begun', async () => {
  await insert([aRow({ status: 'initiated' })]);
  expect((await service.list(JANUARY)).body).toMatchObject({
    data: [],
    total: 0,
  });
});

it('orders newest first, to the microsecond, and by id downwards at the same time', async () => {
  const at = (event_time: string, id: string) =>
    aRow({ event_time, id: `00000000-0000-7000-8000-${id.padStart(12, '0')}` });
  const rows = [
    at('2026-01-15T10:30:00.000002Z', '1'),
    at('2026-01-15T10:30:00.000001Z', 'c'),
    at('2026-01-15T10:30:00.000001Z', 'b'),
    at('2026-01-15T10:30:00.000001Z', 'a'),
    at('2026-01-15T10:30:00.000000Z', 'f'),
  ];
  await insert([rows[3]!, rows[0]!, rows[4]!, rows[1]!, rows[2]!]);
  expect(await ids(JANUARY)).toEqual(rows.map(({ id }) => id));
  const pagesOfOne = rows.map((_, offset) =>
    ids(`${JANUARY}&limit=1&offset=${offset}`),
  );
  expect((await Promise.all(pagesOfOne)).flat()).toEqual(
    rows.map(({ id }) => id),
  );
});

describe('bounds are inclusive at the millisecond that is printed', () => {
  const cases: [bound: string, found: boolean][] = [
    ['start_time=2026-01-15T10:30:00.123Z&end_time=2026-01-16T00:00:00Z', true],
    [
      'start_time=2026-01-15T10:30:00.124Z&end_time=2026-01-16T00:00:00Z',
      false,
    ],
    ['start_time=2026-01-15T00:00:00Z&end_time=2026-01-15T10:30:00.123Z', true],
    [
      'start_time=2026-01-15T00:00:00Z&end_time=2026-01-15T10:30:00.122Z',
      false,
    ],
    [
      'start_time=2026-01-15T10:30:00.1234567Z&end_time=2026-01-16T00:00:00Z',
      true,
    ],
  ];
  it.each(cases)('%s: %s', async (query, found) => {
    const first = aRow({ event_time: '2026-01-15T10:30:00.123000Z' });
    const last = aRow({ event_time: '2026-01-15T10:30:00.123999Z' });
    await insert([first, last]);
    const { body } = await service.list(query);
    expect(body.data.map(({ id }: TestEvent) => id)).toEqual(
      found ? [last.id, first.id] : [],
    );
    expect(body.total).toBe(found ? 2 : 0);
    for (const event of body.data)
      expect(event.event_time).toBe('2026-01-15T10:30:00.123Z');
  });
});

it('reaches from the first to the last time that can be said', async () => {
  const rows = ['2554-07-21T23:34:33.709Z', '1970-01-01T00:00:00.000Z'].map(
    (event_time) => aRow({ event_time }),
  );
  await insert(rows);
  const query =
    'start_time=0001-01-01T00:00:00Z&end_time=9999-12-31T23:59:59.999Z';
  const { body } = await service.list(query);
  expect(body.data.map((event: TestEvent) => event.event_time)).toEqual(
    rows.map((row) => row.event_time),
  );
});

describe('pages', () => {
  beforeEach(() =>
    insert(
      Array.from({ length: 25 }, (_, index) =>
        aRow({
          event_time: new Date(Date.UTC(2026, 0, 2, 0, index)).toISOString(),
        }),
      ),
    ),
  );

  it.each([
    ['the first', 'limit=10', 10],
    ['the last', 'limit=10&offset=20', 5],
    ['the last, exactly full', 'limit=5&offset=20', 5],
    ['one past the end', 'limit=10&offset=25', 0],
    ['one far past the end', 'limit=1000&offset=9007199254740991', 0],
    ['all', 'limit=1000', 25],
  ])('%s: %s', async (_, page, rows) => {
    const { body } = await service.list(`${JANUARY}&${page}`);
    expect(body.data).toHaveLength(rows);
    expect(body.total).toBe(25);
  });

  it('together show every event once', async () => {
    const all = await ids(`${JANUARY}&limit=1000`);
    const pages = await Promise.all(
      [0, 7, 14, 21].map((offset) =>
        ids(`${JANUARY}&limit=7&offset=${offset}`),
      ),
    );
    expect(pages.flat()).toEqual(all);
  });

  it('show every event once, also far behind the first', async () => {
    await insert(
      Array.from({ length: 1_300 }, (_, i) =>
        aRow({ status: i % 2 ? 'failed' : 'succeeded' }),
      ),
    );
    const near = await ids(`${JANUARY}&limit=1000`);
    const far = await ids(`${JANUARY}&limit=1000&offset=1000`);
    expect(new Set([...near, ...far]).size).toBe(1_325);
    expect(await ids(`${JANUARY}&limit=10&offset=995`)).toEqual([
      ...near.slice(-5),
      ...far.slice(0, 5),
    ]);
  });
});
