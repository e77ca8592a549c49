import {
  COUNTED_COLUMNS,
  commitBatch,
  ensureMonth,
  foldCounts,
  registerReceiver,
} from 'audit-event/store';
import type { AuditEvent } from 'audit-event';
import fc from 'fast-check';
import { openConnection } from '../../collector-receiver/src/commit/connection';
import type { OpenConnection } from '../../collector-receiver/src/commit/connection';
import { auditEvent } from '../../test/src/arbitrary-audit-event';
import { anAuditEvent } from '../../test/src/audit-events';
import { createTestDatabase } from '../../test/src/database';
import type { TestDatabase } from '../../test/src/database';
import { receivedOf } from '../../test/src/received';

let database: TestDatabase;
let db: OpenConnection;
let receiverId: number;
let receiverSeq = 0;
beforeAll(async () => {
  database = await createTestDatabase();
  db = await openConnection(database.url);
  receiverId = await registerReceiver(db, 'test:1', '0.0.0');
});
afterAll(async () => {
  await db.end();
  await database.drop();
});
beforeEach(async () => {
  await db.query(`truncate audit.event, audit.event_count`);
});

async function commit(...requests: AuditEvent[][]) {
  const received = requests.map((events) => receivedOf(events));
  for (const { events } of received)
    for (const month of events.rows.months) await ensureMonth(db, month);
  return commitBatch(db, {
    requests: received,
    receiverId,
    receiverSeq: ++receiverSeq,
    recordedAt: new Date(),
  });
}

const COLUMNS = COUNTED_COLUMNS.join(', ');
const COUNTED = `select hour, ${COLUMNS}, sum(events)::integer as events from audit.event_count group by hour, ${COLUMNS}`;
const EVENTS = `select date_trunc('hour', event_time, 'UTC') as hour, ${COLUMNS}, count(*)::integer as events
  from audit.event group by 1, ${COLUMNS}`;

/** Counts that the events do not have, and the other way round. */
async function differences(): Promise<object[]> {
  const { rows } = await db.query(
    `(select * from (${COUNTED}) as a except select * from (${EVENTS}) as b)
     union all
     (select * from (${EVENTS}) as a except select * from (${COUNTED}) as b)`,
  );
  return rows;
}

it('are those of the events, whatever is in them, comes twice, or is refused by the database', async () => {
  // Postgres counts no microseconds in a double after 2255, as we do until the row is written.
  const event = auditEvent.filter(({ time }) => time < 2n ** 63n);
  await fc.assert(
    fc.asyncProperty(
      fc.array(event, { minLength: 1, maxLength: 8 }),
      fc.boolean(),
      async (events, isAgain) => {
        await commit(events.slice(0, 3), events.slice(3));
        if (isAgain) await commit(events.slice(1));
        // Text with U+0000, which the decoders clean, stands for all that only the database finds.
        await commit([
          anAuditEvent({ actionType: 'kept' }),
          anAuditEvent({ actor: { type: 'user', id: 'a\0b' } }),
        ]);
        expect(await differences()).toEqual([]);
      },
    ),
    { numRuns: 40 },
  );
});

it('are folded into one row of each hour and kind, and go on being those of the events', async () => {
  const at = (iso: string) =>
    anAuditEvent({ time: BigInt(Date.parse(iso)) * 1_000_000n });
  await commit([at('2026-01-15T10:00:00Z'), at('2026-01-15T10:59:59Z')]);
  await commit([at('2026-01-15T10:30:00Z'), at('2026-01-15T11:00:00Z')]);
  expect(await foldCounts(db)).toEqual({ status: 'folded', rows: 2 });
  await commit([at('2026-01-15T10:45:00Z'), at('2026-01-15T12:00:00Z')]);
  expect(await foldCounts(db)).toEqual({ status: 'folded', rows: 2 });
  expect(await foldCounts(db)).toEqual({ status: 'folded', rows: 0 });
  const { rows } = await db.query(
    `select extract(hour from hour at time zone 'UTC')::integer as hour, events::integer from audit.event_count order by hour`,
  );
  expect(rows).toEqual([
    { hour: 10, events: 4 },
    { hour: 11, events: 1 },
    { hour: 12, events: 1 },
  ]);
  expect(await differences()).toEqual([]);
});

it('are left alone where nothing of their kind is new', async () => {
  const at = (eventId: string) =>
    anAuditEvent({
      time: BigInt(Date.parse('2026-01-15T10:00:00Z')) * 1_000_000n,
      eventId,
    });
  await commit([at('a'), at('b')]);
  await foldCounts(db);
  const written = async () =>
    (
      await db.query(
        `select event_id, xmin::text, events::integer from audit.event_count order by event_id`,
      )
    ).rows;
  const [a, b] = await written();
  await commit([at('b'), at('c')]);
  expect(await foldCounts(db)).toEqual({ status: 'folded', rows: 2 });
  expect(await written()).toEqual([
    a,
    { event_id: 'b', xmin: expect.not.stringContaining(b.xmin), events: 2 },
    { event_id: 'c', xmin: expect.any(String), events: 1 },
  ]);
  expect(await differences()).toEqual([]);
});

it('are folded by one at a time', async () => {
  const other = await openConnection(database.url);
  await other.query(
    `begin; select pg_advisory_xact_lock(hashtext('audit.event_count'::text), 0)`,
  );
  expect(await foldCounts(db)).toEqual({ status: 'busy' });
  await other.query(`rollback`);
  await other.end();
});

it('are not in the way of a batch that comes while they are folded', async () => {
  const time = BigInt(Date.parse('2026-01-15T10:00:00Z')) * 1_000_000n;
  await commit([anAuditEvent({ time })]);
  const folding = await openConnection(database.url);
  await folding.query(`begin`);
  // What foldCounts does first, not yet committed.
  await folding.query(`delete from audit.event_count`);
  await commit([anAuditEvent({ time })]);
  await folding.query(`rollback`);
  await folding.end();
  await foldCounts(db);
  expect(await differences()).toEqual([]);
});
