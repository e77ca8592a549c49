import {
  COUNTED_COLUMNS,
  commitBatch,
  ensureMonth,
  foldCounts,
  registerReceiver,
} from 'audit-event/store';
import { uuidv7 } from 'audit-event';
import type { AuditEvent } from 'audit-event';
import fc from 'fast-check';
import { countedSource } from '../src/store/counts/counted-source';
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
const COUNTED = `select hour, ${COLUMNS}, sum(events)::integer as events from audit.event_count where hours <= 1 group by hour, ${COLUMNS}`;
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

it('are folded into one row of each hour, quarter of a day, day and kind, and go on being those of the events', async () => {
  const at = (iso: string) =>
    anAuditEvent({ time: BigInt(Date.parse(iso)) * 1_000_000n });
  await commit([at('2026-01-15T10:00:00Z'), at('2026-01-15T10:59:59Z')]);
  await commit([at('2026-01-15T10:30:00Z'), at('2026-01-15T11:00:00Z')]);
  expect(await foldCounts(db)).toEqual({ status: 'folded', rows: 4 });
  await commit([at('2026-01-15T10:45:00Z'), at('2026-01-15T12:00:00Z')]);
  expect(await foldCounts(db)).toEqual({ status: 'folded', rows: 5 });
  expect(await foldCounts(db)).toEqual({ status: 'folded', rows: 0 });
  const { rows } = await db.query(
    `select hours, extract(hour from hour at time zone 'UTC')::integer as hour, events::integer
     from audit.event_count order by hours, hour`,
  );
  expect(rows).toEqual([
    { hours: 1, hour: 10, events: 4 },
    { hours: 1, hour: 11, events: 1 },
    { hours: 1, hour: 12, events: 1 },
    { hours: 6, hour: 6, events: 5 },
    { hours: 6, hour: 12, events: 1 },
    { hours: 24, hour: 0, events: 6 },
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
        `select event_id, xmin::text, events::integer from audit.event_count where hours = 1 order by event_id`,
      )
    ).rows;
  const [a, b] = await written();
  await commit([at('b'), at('c')]);
  expect(await foldCounts(db)).toEqual({ status: 'folded', rows: 6 });
  expect(await written()).toEqual([
    a,
    { event_id: 'b', xmin: expect.not.stringContaining(b.xmin), events: 2 },
    { event_id: 'c', xmin: expect.any(String), events: 1 },
  ]);
  expect(await differences()).toEqual([]);
});

it('tell of any range as many as there are, within any length of time, folded or not', async () => {
  const HOUR = 3_600_000;
  const origin = Date.parse('2026-01-14T00:00:00Z');
  // Whole hours and the milliseconds around them are where it could go wrong.
  const ms = fc
    .record({
      hours: fc.integer({ min: 0, max: 75 }),
      more: fc.oneof(
        fc.constantFrom(-1, 0, 1),
        fc.integer({ min: 0, max: HOUR }),
      ),
    })
    .map(({ hours, more }) => origin + hours * HOUR + more);
  const delta = fc.constantFrom(-1, 0, 1);
  await fc.assert(
    fc.asyncProperty(
      fc.array(ms, { minLength: 1, maxLength: 30 }),
      fc.array(fc.tuple(fc.nat(), fc.nat(), ms, delta, delta), {
        minLength: 8,
        maxLength: 12,
      }),
      fc.constantFrom(1, 2, 3, 6, 12, 24, 168),
      async (times, ranges, withinHours) => {
        await db.query(`truncate audit.event, audit.event_count`);
        const events = times.map((time) =>
          anAuditEvent({ id: uuidv7(), time: BigInt(time) * 1_000_000n }),
        );
        const half = Math.ceil(events.length / 2);
        await commit(events.slice(0, half));
        await foldCounts(db);
        await commit(events.slice(half));
        const length = withinHours * HOUR;
        for (const [i, j, nowMs, before, after] of ranges) {
          // An event at an end, or just beside it, is what could be counted wrongly.
          const one = times[i % times.length]! + before;
          const other = times[j % times.length]! + after;
          const [startMs, endMs] = [Math.min(one, other), Math.max(one, other)];
          const values: unknown[] = [];
          const bind = (value: unknown) => `$${values.push(value)}`;
          const { rows } = await db.query(
            `select floor(extract(epoch from at) * 1000 / ${length})::integer as n, sum(events)::integer as events
             from ${countedSource({ startMs, endMs, where: 'true', bind, withinHours, nowMs })}
             group by 1 having sum(events) <> 0 order by 1`,
            values,
          );
          const expected = Map.groupBy(
            times.filter((time) => time >= startMs && time <= endMs),
            (time) => Math.floor(time / length),
          );
          expect(rows).toEqual(
            [...expected]
              .map(([n, found]) => ({ n, events: found.length }))
              .toSorted((a, b) => a.n - b.n),
          );
        }
      },
    ),
    { numRuns: 40 },
  );
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
