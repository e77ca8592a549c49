import type { AuditEvent } from 'audit-event';
import { severityLevels, statuses } from 'audit-event';
import fc from 'fast-check';
import { anAuditEvent } from '../../test/src/audit-events';
import { createPlanter } from '../../test/src/planted-events';
import type { Planter } from '../../test/src/planted-events';
import { asker } from './ask';
import { startTestService } from './service';
import type { TestService } from './service';

let service: TestService;
let planter: Planter;
const ask = asker(() => service);
beforeAll(async () => {
  service = await startTestService();
  planter = await createPlanter(service.database.url);
});
afterAll(async () => {
  await planter.close();
  await service.close();
});
beforeEach(empty);

async function empty(): Promise<void> {
  await service.database.pool.query(`truncate audit.event, audit.event_count`);
}

const DAY = Date.parse('2026-01-15T00:00:00Z');
const MINUTE = 60_000;

/** Events over six hours, with few values. */
const someEvents = fc.array(
  fc
    .record({
      minute: fc.nat(359),
      pluginId: fc.constantFrom('catalog', 'scaffolder'),
      status: fc.constantFrom(...statuses),
      severityLevel: fc.constantFrom(...severityLevels),
      actor: fc.constantFrom('user:default/a', 'user:default/b'),
      actionType: fc.constantFrom(undefined, 'create', 'delete'),
    })
    .map(({ minute, actor, ...fields }): AuditEvent =>
      anAuditEvent({
        ...fields,
        actor: { type: 'user', id: actor },
        time: BigInt(DAY + minute * MINUTE) * 1_000_000n,
      }),
    ),
  { minLength: 1, maxLength: 25 },
);
/** From one minute to another. */
const someRange = fc
  .tuple(fc.nat(359), fc.integer({ min: 1, max: 360 }))
  .map(([from, length]) => ({
    from: DAY + from * MINUTE,
    to: DAY + (from + length) * MINUTE,
  }));

const filters: [string, (event: AuditEvent) => boolean][] = [
  ['', () => true],
  ['&status!=failed', ({ status }) => status !== 'failed'],
  ['&plugin_id=cat*', ({ pluginId }) => pluginId === 'catalog'],
  ['&actor_id=user:default/a', ({ actor }) => actor.id === 'user:default/a'],
  ['&has=action_type', ({ actionType }) => actionType !== undefined],
];

function within({ from, to }: { from: number; to: number }) {
  return ({ time }: AuditEvent) =>
    Number(time / 1_000_000n) >= from && Number(time / 1_000_000n) <= to;
}

function rangeQuery({ from, to }: { from: number; to: number }): string {
  return `start_time=${new Date(from).toISOString()}&end_time=${new Date(to).toISOString()}`;
}

it('total, facets and histogram are those of the events, in any range and under any filter', async () => {
  await fc.assert(
    fc.asyncProperty(
      someEvents,
      someRange,
      fc.constantFrom(...filters),
      fc.constantFrom('1h', '3h', '15m'),
      fc.boolean(),
      async (events, range, [query, isFound], interval, isFolded) => {
        await empty();
        await planter.plant(events.slice(0, 10));
        await planter.plant(events.slice(10));
        if (isFolded) await planter.foldCounts();
        const found = events.filter(within(range)).filter(isFound);

        const total = await ask(`total?${rangeQuery(range)}${query}`);
        expect(total.body).toEqual({
          value: found.length,
          is_exact: true,
        });

        const facet = await ask(
          `facets?${rangeQuery(range)}${query}&field=severity_level,action_type`,
        );
        for (const [field, of] of [
          ['severity_level', (one: AuditEvent) => one.severityLevel],
          ...(query.includes('action_type')
            ? []
            : ([
                ['action_type', (one: AuditEvent) => one.actionType ?? null],
              ] as const)),
        ] as const) {
          const counts = Object.fromEntries(
            facet.body.facets[field].values.map(
              ({ value, count }: { value: string; count: number }) => [
                value,
                count,
              ],
            ),
          );
          const expected: Record<string, number> = {};
          for (const one of found)
            expected[String(of(one))] = (expected[String(of(one))] ?? 0) + 1;
          expect(counts).toEqual(expected);
        }

        const histogram = await ask(
          `histogram?${rangeQuery(range)}${query}&interval=${interval}&by=status`,
        );
        const { buckets } = histogram.body;
        expect(histogram.body.total).toBe(found.length);
        for (const [i, bucket] of buckets.entries()) {
          const from = Date.parse(bucket.start);
          const next = buckets[i + 1]
            ? Date.parse(buckets[i + 1].start)
            : Infinity;
          const inBucket = found.filter(within({ from, to: next - 1 }));
          expect(bucket.total).toBe(inBucket.length);
          for (const status of statuses)
            expect(bucket.counts[status] ?? 0).toBe(
              inBucket.filter((one) => one.status === status).length,
            );
        }
      },
    ),
    { numRuns: 60 },
  );
});

it('a facet counts without what is chosen of its own field, finds values by a part of them, and says what is left', async () => {
  await planter.plant(
    ['catalog', 'catalog', 'scaffolder', 'search'].map((pluginId) =>
      anAuditEvent({ pluginId }),
    ),
  );
  const facetOf = async (query: string) =>
    (await ask(`facets?field=plugin_id&${query}`)).body.facets.plugin_id;
  const catalog = { value: 'catalog', count: 2 };
  // The others are two plugins, and the audit log's own event of this read.
  expect(await facetOf('plugin_id=search&limit=1')).toEqual({
    values: [catalog],
    other_count: 3,
    distinct_count: 4,
    coverage: 'all',
  });
  expect(await facetOf('contains=ATA')).toEqual({
    values: [catalog],
    other_count: 0,
    distinct_count: 1,
    coverage: 'all',
  });
});

it('a histogram begins weeks on Monday, and shows hours without events', async () => {
  await planter.plant([anAuditEvent({ time: BigInt(DAY) * 1_000_000n })]);
  const starts = async (query: string) =>
    (await ask(`histogram?${query}`)).body.buckets.map(
      ({ start, total }: { start: string; total: number }) => [start, total],
    );
  expect(
    await starts(
      'interval=7d&start_time=2026-01-10T00:00:00Z&end_time=2026-01-18T00:00:00Z',
    ),
  ).toEqual([
    ['2026-01-05T00:00:00.000Z', 0],
    ['2026-01-12T00:00:00.000Z', 1],
  ]);
  expect(
    await starts(
      'interval=1h&start_time=2026-01-14T23:30:00Z&end_time=2026-01-15T01:00:00Z',
    ),
  ).toEqual([
    ['2026-01-14T23:00:00.000Z', 0],
    ['2026-01-15T00:00:00.000Z', 1],
    ['2026-01-15T01:00:00.000Z', 0],
  ]);
});

it.each([
  [
    'facets?field=nothing',
    /^field must be one of id, operation_id, .*, got "nothing"$/,
  ],
  ['histogram?by=nothing', /^by must be one of id, .*, got "nothing"$/],
  [
    'histogram?interval=1s',
    /^interval must be so long that there are at most 5000 buckets, got "1s"; for this range take 15m$/,
  ],
  ['stats?x=1', /^expected no parameters, got "x"$/],
])('%s is refused', async (path, message) => {
  const { status, body } = await ask(path);
  expect(status).toBe(400);
  expect(body.error.message).toMatch(message);
});

it('stats tell how many events there are, where they lie and how old they are', async () => {
  await planter.plant([anAuditEvent(), anAuditEvent()]);
  const { body } = await ask('stats');
  // With that of this read.
  expect(body).toMatchObject({
    events: 3,
    last_recorded_at: expect.any(String),
    lag_ms: { p50: expect.any(Number), p99: expect.any(Number) },
    counts: { fresh: 2 },
  });
  expect(body.partitions.map(({ name }: { name: string }) => name)).toContain(
    'event_past',
  );
});
