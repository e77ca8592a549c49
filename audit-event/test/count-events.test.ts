import { countEvents } from 'audit-event/store';
import type { EventSearch, Queryable } from 'audit-event/store';
import { anAuditEvent } from '../../test/src/audit-events';
import { createTestDatabase } from '../../test/src/database';
import type { TestDatabase } from '../../test/src/database';
import { createPlanter } from '../../test/src/planted-events';

const HOUR_MS = 3_600_000;
const END = Date.parse('2026-01-15T10:00:00Z');
const search: EventSearch = {
  startMs: END - 24 * HOUR_MS,
  endMs: END,
  // The hourly counts do not know actors.
  fields: [
    {
      field: 'actor_id',
      isNegated: false,
      values: [{ prefix: 'user:' }],
    },
  ],
  meta: [],
  presence: [],
  terms: [],
};
/** One every half hour, from the first moment of the range to the last. */
const EVENTS = 49;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  const planter = await createPlanter(database.url);
  await planter.plant(
    Array.from({ length: EVENTS }, (_, i) =>
      anAuditEvent({
        time: BigInt(END - (i * HOUR_MS) / 2) * 1_000_000n,
        actor: { type: 'user', id: 'user:default/john' },
      }),
    ),
  );
  await planter.close();
});
afterAll(() => database.drop());

/** Counts on a database on which some of the statements that read events, counted from 0, run out of time. */
async function countWhile(isSlow: (n: number) => boolean) {
  const client = await database.pool.connect();
  let reads = 0;
  const db: Queryable = {
    async query(text, values) {
      if (text.includes('from audit.event') && isSlow(reads++))
        throw Object.assign(new Error('canceling statement'), {
          code: '57014',
        });
      return client.query(text, values);
    },
  };
  try {
    await client.query('begin read only');
    return await countEvents(db, search);
  } finally {
    await client.query('rollback');
    client.release();
  }
}

it.each<[string, (n: number) => boolean]>([
  ['at once', () => false],
  ['in slices, because all at once takes too long', (n) => n === 0],
])('a total is exact that was counted %s', async (_, isSlow) => {
  expect(await countWhile(isSlow)).toEqual({ value: EVENTS, is_exact: true });
});

it('there are at least as many as were counted until the time was over', async () => {
  const { value, is_exact } = await countWhile((n) => n === 0 || n > 2);
  expect(is_exact).toBe(false);
  expect(value).toBeGreaterThan(0);
  expect(value).toBeLessThan(EVENTS);
});

it('what cannot be counted at all in the time is at least none', async () => {
  expect(await countWhile(() => true)).toEqual({ value: 0, is_exact: false });
});
