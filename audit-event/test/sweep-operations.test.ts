import { uuidv7 } from 'audit-event';
import type { AuditEvent, Status } from 'audit-event';
import { sweepOperations } from 'audit-event/store';
import { anAuditEvent } from '../../test/src/audit-events';
import { createTestDatabase } from '../../test/src/database';
import type { TestDatabase } from '../../test/src/database';
import { createPlanter } from '../../test/src/planted-events';
import type { Planter } from '../../test/src/planted-events';
import { withClient } from '../../test/src/template-database';

const MINUTE_MS = 60_000;

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

const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE_MS);

function record(
  operationId: string,
  status: Status,
  minutesAgo: number,
  fields: Partial<AuditEvent> = {},
): AuditEvent {
  const time = BigInt(ago(minutesAgo).getTime()) * 1_000_000n;
  return anAuditEvent({ operationId, status, time, ...fields });
}

async function unfinished(): Promise<[string, boolean][]> {
  const { rows } = await database.pool.query(
    `select operation_id, finished_at is not null as finished from audit.unfinished_operation order by operation_id`,
  );
  return rows.map((row) => [row.operation_id, row.finished]);
}

const open = async () =>
  (await database.pool.query(`select from audit.open_operation`)).rowCount;

it('marks what has no outcome when its time is over, once', async () => {
  const [crashed, done, running] = [uuidv7(), uuidv7(), uuidv7()];
  const begun = record(crashed, 'initiated', 20);
  await planter.plant(
    [begun, record(done, 'initiated', 20), record(done, 'succeeded', 20)],
    ago(20),
  );
  await planter.plant([record(running, 'initiated', 2)], ago(2));
  expect(await planter.sweep()).toMatchObject({ batches: 2, marked: 1 });
  expect(await unfinished()).toEqual([[crashed, false]]);
  expect(await planter.sweep()).toMatchObject({ batches: 0, marked: 0 });
  expect(await open()).toBe(1);
  const { rows } = await database.pool.query(
    `select id, event_time from audit.unfinished_operation`,
  );
  expect(rows).toEqual([
    { id: begun.id, event_time: new Date(Number(begun.time / 1_000_000n)) },
  ]);
});

it('closes what finishes in a later batch, whichever way', async () => {
  const ids = [uuidv7(), uuidv7()] as const;
  await planter.plant(
    ids.map((id) => record(id, 'initiated', 20)),
    ago(20),
  );
  await planter.plant(
    [record(ids[0], 'failed', 18), record(ids[1], 'succeeded', 18)],
    ago(18),
  );
  expect(await planter.sweep()).toMatchObject({ marked: 0 });
  expect(await open()).toBe(0);
});

it('notes an outcome that comes after the mark, and never marks again', async () => {
  const id = uuidv7();
  await planter.plant([record(id, 'initiated', 20)], ago(20));
  await planter.sweep();
  await planter.plant([record(id, 'succeeded', 1)]);
  await planter.sweep();
  expect(await unfinished()).toEqual([[id, true]]);
  await planter.plant([record(id, 'initiated', 20)], ago(20));
  expect(await planter.sweep()).toMatchObject({ marked: 0 });
  expect(await unfinished()).toEqual([[id, true]]);
});

it('counts the time from when the beginning was recorded: an emitter may have been cut off for hours', async () => {
  const [id, crashed] = [uuidv7(), uuidv7()];
  await planter.plant([
    record(id, 'initiated', 300),
    record(crashed, 'initiated', 300),
  ]);
  expect(await planter.sweep()).toMatchObject({ marked: 0 });
  await planter.plant([record(id, 'succeeded', 299)]);
  expect(await planter.sweep()).toMatchObject({ marked: 0 });
  expect(await planter.sweep()).toMatchObject({ marked: 0 });
  expect(await open()).toBe(1);
});

it('finds an outcome that was recorded before its beginning', async () => {
  const id = uuidv7();
  await planter.plant([record(id, 'succeeded', 20)], ago(20));
  await planter.sweep();
  await planter.plant([record(id, 'initiated', 21)], ago(19));
  expect(await planter.sweep()).toMatchObject({ batches: 1, marked: 0 });
  expect(await unfinished()).toEqual([]);
});

describe('the time limit of a record itself', () => {
  const begunWith = (timeout: unknown) => {
    const attributes = { 'audit.operation.timeout': timeout as number };
    return record(uuidv7(), 'initiated', 20, { otlp: { attributes } });
  };
  it.each<[string, unknown, number]>([
    ['is taken when it is longer', 30 * MINUTE_MS, 0],
    ['is taken when it is shorter', 1_000, 1],
    ['is at least nothing', -5, 1],
    ['is at most a week', 1e300, 0],
    ['is not taken when it is no number', 'soon', 1],
    ['is not taken when it is null', null, 1],
  ])('%s', async (_, timeout, marked) => {
    await planter.plant([begunWith(timeout)], ago(20));
    expect(await planter.sweep()).toMatchObject({ marked });
  });
});

it('looks through each batch once, in the order of commits, whatever is still under way', async () => {
  const [early, late] = [uuidv7(), uuidv7()];
  const other = await createPlanter(database.url);
  try {
    // A batch of another receiver whose transaction began earlier and commits later.
    await withClient(database.url, async (client) => {
      await client.query(`begin`);
      await client.query(`select pg_current_xact_id()`);
      await planter.plant([record(late, 'initiated', 20)], ago(20));
      expect(await planter.sweep()).toMatchObject({ batches: 0 });
      await client.query(`commit`);
    });
    await other.plant([record(early, 'initiated', 20)], ago(20));
    expect(await planter.sweep()).toMatchObject({ batches: 2, marked: 2 });
  } finally {
    await other.close();
  }
});

it('marks nothing whose outcome came in time, however long a transaction somewhere else is open', async () => {
  const [done, crashed] = [uuidv7(), uuidv7()];
  await planter.plant(
    [record(done, 'initiated', 14), record(crashed, 'initiated', 40)],
    ago(14),
  );
  expect(await planter.sweep()).toMatchObject({ batches: 1, marked: 0 });
  await withClient(database.url, async (client) => {
    await client.query(`begin`);
    await client.query(`select pg_current_xact_id()`);
    await planter.plant([record(done, 'succeeded', 10)], ago(10));
    // Two minutes later both are due.
    await database.pool.query(
      `update audit.open_operation set due_at = due_at - interval '2 minutes'`,
    );
    expect(await planter.sweep()).toMatchObject({ batches: 0, marked: 0 });
    await client.query(`commit`);
  });
  expect(await planter.sweep()).toMatchObject({ batches: 1, marked: 1 });
  expect(await unfinished()).toEqual([[crashed, false]]);
});

it('leaves it to the one that is at it', async () => {
  await withClient(database.url, async (client) => {
    await client.query(`begin`);
    await client.query(
      `select pg_advisory_xact_lock(hashtext('audit.open_operation'::text), 0)`,
    );
    expect(await sweepOperations(planter.db, { timeoutMs: 0 })).toEqual({
      status: 'busy',
    });
    await client.query(`rollback`);
  });
});

it('marks once, after whichever statement a sweep is killed', async () => {
  const [crashed, late] = [uuidv7(), uuidv7()];
  await planter.plant([record(late, 'initiated', 40)], ago(40));
  await planter.sweep();
  await planter.plant(
    [record(crashed, 'initiated', 20), record(late, 'failed', 20)],
    ago(20),
  );
  let outcome: Awaited<ReturnType<typeof sweepOperations>> | undefined;
  let kills = 0;
  for (; outcome === undefined && kills < 50; kills++) {
    expect(await unfinished()).toEqual([[late, false]]);
    const other = await createPlanter(database.url);
    let statements = 0;
    const dying = {
      query(text: string, values?: unknown[]) {
        if (statements++ === kills) other.db.destroy();
        return other.db.query(text, values);
      },
    };
    outcome = await sweepOperations(dying, { timeoutMs: 900_000 }).catch(
      () => undefined,
    );
    await other.kill(database.pool);
  }
  expect(outcome).toMatchObject({ batches: 1, marked: 1 });
  expect(kills).toBeGreaterThan(12);
  expect(new Map(await unfinished())).toEqual(
    new Map([
      [crashed, false],
      [late, true],
    ]),
  );
});
