import { listEvents } from 'audit-event/store';
import type {
  EventSearch,
  Order,
  PageReader,
  Position,
  Queryable,
} from 'audit-event/store';
import { anAuditEvent } from '../../test/src/audit-events';
import { createTestDatabase } from '../../test/src/database';
import type { TestDatabase } from '../../test/src/database';
import { createPlanter } from '../../test/src/planted-events';

const START = Date.parse('2026-01-15T10:00:00Z');
const HOUR_MS = 3_600_000;
const search: EventSearch = {
  startMs: START,
  endMs: START + 24 * HOUR_MS,
  fields: [],
  meta: [],
  presence: [],
  terms: [],
};
/** Every half hour, from the first moment of the range to the last. */
const events = Array.from({ length: 49 }, (_, i) =>
  anAuditEvent({ time: BigInt(START + (i * HOUR_MS) / 2) * 1_000_000n }),
);

/** The day after, all of one time. */
const CROWDED = START + 48 * HOUR_MS;
const crowded = { ...search, startMs: CROWDED, endMs: CROWDED };
const ofOneTime = Array.from({ length: 49 }, () =>
  anAuditEvent({ time: BigInt(CROWDED) * 1_000_000n }),
);

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  const planter = await createPlanter(database.url);
  await planter.plant([...events, ...ofOneTime]);
  await planter.close();
});
afterAll(() => database.drop());

/** Events: a part is a few hours. */
const FIRST_PART = 5;

/** Runs out of time in those of the statements that read events, counted from 0, for which `isSlow` says so. */
function slowDatabase(
  db: Queryable,
  isSlow: (n: number) => boolean,
): Queryable {
  let reads = 0;
  return {
    async query(text, values) {
      if (text.includes('from audit.event') && isSlow(reads++))
        throw Object.assign(new Error('canceling statement'), {
          code: '57014',
        });
      return db.query(text, values);
    },
  };
}

/** Reads on until the end, on a database on which each page can only be searched in parts, and the fourth is too slow. */
async function walk(
  order: Order,
  limit: number,
  isSlow: (n: number) => boolean,
  range = search,
) {
  const client = await database.pool.connect();
  const ids: string[] = [];
  let pages = 0;
  let after: Position | undefined;
  try {
    for (;;) {
      const db = slowDatabase(client, isSlow);
      const reader: PageReader = {
        quick: db,
        async inSnapshot(work) {
          await client.query('begin read only');
          const result = await work(db);
          await client.query('commit');
          return result;
        },
      };
      const { rows, searchedTo } = await listEvents(
        reader,
        range,
        { order, limit, after },
        FIRST_PART,
      );
      pages += 1;
      ids.push(...rows.map(({ position }) => position.id));
      if (searchedTo) after = searchedTo;
      else if (rows.length === limit) after = rows.at(-1)!.position;
      else return { ids, pages };
    }
  } finally {
    await client.query('rollback');
    client.release();
  }
}

const oldestFirst = events.map(({ id }) => id);

it.each<[string, (n: number) => boolean]>([
  ['in one statement', () => false],
  ['in parts, all of which are quick', (n) => n === 0],
  ['in parts, of which the third is too slow', (n) => n === 0 || n === 6],
])('a search done %s shows every event once, in order', async (_, isSlow) => {
  for (const limit of [1, 7, 100]) {
    expect((await walk('oldest', limit, isSlow)).ids).toEqual(oldestFirst);
    expect((await walk('newest', limit, isSlow)).ids).toEqual(
      oldestFirst.toReversed(),
    );
  }
});

it('a page that ran out of time says up to where was searched', async () => {
  const { pages } = await walk('newest', 100, (n) => n === 0 || n === 6);
  expect(pages).toBeGreaterThan(1);
});

it.each<Order>(['newest', 'oldest'])(
  'parts end within a time that many events share, %s first',
  async (order) => {
    const isSlow = (n: number) => n === 0 || n === 6;
    const { ids, pages } = await walk(order, 100, isSlow, crowded);
    expect(pages).toBeGreaterThan(1);
    const inOrder = ofOneTime.map(({ id }) => id).toSorted();
    expect(ids).toEqual(order === 'oldest' ? inOrder : inOrder.toReversed());
  },
);

it('a search of which not even a part can be done in time fails, rather than to lead nowhere', async () => {
  await expect(walk('newest', 100, () => true)).rejects.toMatchObject({
    code: '57014',
  });
});
