import { randomUUID } from 'node:crypto';
import { foldStreams } from 'audit-event/store';
import { createTestDatabase } from '../../test/src/database';
import type { TestDatabase } from '../../test/src/database';
import {
  createPlanter,
  eventsOf,
  numbers,
  streamRecord,
} from '../../test/src/planted-events';
import type { Planter } from '../../test/src/planted-events';
import { withClient } from '../../test/src/template-database';

let database: TestDatabase;
let planter: Planter;
beforeEach(async () => {
  database = await createTestDatabase();
  planter = await createPlanter(database.url);
});
afterEach(async () => {
  await planter.close();
  await database.drop();
});

async function streams() {
  const { rows } = await database.pool.query(
    `select id, arrived::text, declared::text, end_seq::integer, undeclared::integer from audit.stream order by position`,
  );
  return rows;
}

const left = async () =>
  (await database.pool.query(`select from audit.stream_range`)).rowCount;

it('leaves one row of each stream, and nothing of what it added up', async () => {
  const id = randomUUID();
  for (let i = 0; i < 5; i++)
    await planter.plant(eventsOf(id, numbers(10 * i, 10 * i + 9)));
  expect(await left()).toBe(5);
  expect(await planter.fold()).toEqual({ status: 'folded', ranges: 5 });
  expect(await left()).toBe(0);
  expect(await streams()).toMatchObject([{ id, arrived: '{[0,50)}' }]);
  expect(await planter.fold()).toEqual({ status: 'folded', ranges: 0 });
});

it('counts each range once, after whichever statement a fold is killed', async () => {
  const [id, before] = [randomUUID(), randomUUID()];
  await planter.plant([
    streamRecord(id, 0, 'stream-start', { previousStreamId: before }),
    ...eventsOf(id, [1, 4]),
    streamRecord(id, 5, 'stream-gap', { ranges: [[2, 2]] }),
    streamRecord(id, 6, 'stream-end'),
  ]);
  const ranges = await left();
  let isFolded = false;
  let kills = 0;
  for (; !isFolded && kills < 50; kills++) {
    expect([await streams(), await left()]).toEqual([[], ranges]);
    const other = await createPlanter(database.url);
    let statements = 0;
    const dying = {
      query(text: string, values?: unknown[]) {
        if (statements++ === kills) other.db.destroy();
        return other.db.query(text, values);
      },
    };
    const outcome = await foldStreams(dying).catch(() => undefined);
    isFolded = outcome !== undefined;
    await other.kill(database.pool);
  }
  expect(isFolded).toBe(true);
  expect(kills).toBeGreaterThan(12);
  expect(await left()).toBe(0);
  expect(await streams()).toMatchObject([
    {
      id,
      arrived: '{[0,2),[4,7)}',
      declared: '{[2,3)}',
      end_seq: 6,
      undeclared: 1,
    },
    { id: before, arrived: '{}' },
  ]);
});

it('leaves it to the one that is at it', async () => {
  await planter.plant(eventsOf(randomUUID(), [0]));
  await withClient(database.url, async (client) => {
    await client.query(`begin`);
    await client.query(
      `select pg_advisory_xact_lock(hashtext('audit.stream'::text), 0)`,
    );
    expect(await planter.fold()).toEqual({ status: 'busy' });
    await client.query(`rollback`);
  });
  expect(await left()).toBe(1);
});

it('keeps the lowest ranges of a stream in too many pieces, and its highest number', async () => {
  const id = randomUUID();
  await database.pool.query(
    `insert into audit.stream_range (recorded_at, receiver_id, receiver_seq, stream_id, from_seq, to_seq)
     select now(), 1, 1, $1::uuid, 2 * i, 2 * i from generate_series(0, 10999) as i`,
    [id],
  );
  await planter.fold();
  const { rows } = await database.pool.query(
    `select audit.size_of(arrived)::integer as arrived, highest_seq::integer as highest, undeclared::integer from audit.stream`,
  );
  expect(rows).toEqual([
    { arrived: 10_000, highest: 21_998, undeclared: 11_999 },
  ]);
});

it('keeps as many declared ranges of a stream as of those that arrived, whatever is declared', async () => {
  const id = randomUUID();
  const pieces = (from: number) =>
    numbers(from, from + 999).map((at) => [2 * at, 2 * at]);
  await planter.plant(
    numbers(0, 11).map((record) =>
      streamRecord(id, record, 'stream-gap', {
        ranges: pieces(record * 1_000),
      }),
    ),
  );
  await planter.fold();
  const declared = `select count(*)::integer as ranges, max(upper(part))::integer as upper
    from (select unnest(declared) as part from audit.stream) as parts`;
  const { rows } = await database.pool.query(declared);
  expect(rows).toEqual([{ ranges: 10_000, upper: 19_999 }]);
});
