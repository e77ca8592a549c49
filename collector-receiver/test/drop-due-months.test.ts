import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  BEGIN,
  compareLedger,
  dropMonth,
  findTombstones,
} from 'audit-event/store';
import { createPlanter } from '../../test/src/planted-events';
import { withClient } from '../../test/src/template-database';
import { dropDueMonths } from '../src/jobs/retention/drop-due-months';
import { recordingLogger } from './kit/recording-logger';
import { untilDropWaits } from './kit/until-drop-waits';
import {
  april,
  archive,
  countEvents,
  database,
  drop,
  eventAt,
  expectLedgerToAddUp,
  hold,
  keep,
  lines,
  march,
  plantMonths,
  planter,
  withoutArchive,
  withOldMonths,
} from './kit/old-months';

withOldMonths();

it('archives and drops what is older than the retention, and leaves a tombstone, an event and a ledger that adds up', async () => {
  await plantMonths();
  await database.pool.query(
    `insert into audit.unfinished_operation (operation_id, event_time, id)
     values ($1, '2024-03-15T12:00:00Z', $1), ($2, '2024-04-01T00:00:00Z', $2)`,
    [randomUUID(), randomUUID()],
  );
  await planter.foldCounts();
  await keep(30);
  await drop();
  expect(await countEvents()).toEqual({});
  const [afterwards, first] = await findTombstones(database.pool);
  expect(first).toMatchObject({
    month: '2024-03',
    events: 3,
    retention_version: 2,
    retention_days: 30,
    dropped_by: 'receiver-1:7',
  });
  expect(afterwards).toMatchObject({ month: '2024-04', events: 1 });

  const bytes = readFileSync(join(archive, first!.archive_file!));
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(
    first!.archive_sha256,
  );
  const archived = gunzipSync(bytes)
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(archived.map((event) => event.event_time_exact)).toEqual([
    '2024-03-01T00:00:00.000000000Z',
    '2024-03-15T12:00:00.000000000Z',
    '2024-03-31T23:59:59.999000000Z',
  ]);
  expect(archived[0]).toMatchObject({
    plugin_id: 'catalog',
    meta: { digits: 7 },
    batch_index: 0,
  });

  const { rows } = await database.pool.query(
    `select entity_ref, meta from audit.event where plugin_id = 'audit-log' and event_id = 'month-drop' order by entity_ref`,
  );
  expect(rows).toMatchObject([
    { entity_ref: 'audit-log-month:2024-03', meta: { events: 3 } },
    { entity_ref: 'audit-log-month:2024-04', meta: { events: 1 } },
  ]);
  const left = await database.pool.query(
    `select (select count(*) from audit.unfinished_operation)::integer as operations,
       (select coalesce(sum(events), 0) from audit.event_count where hour < '2025-01-01')::integer as counted`,
  );
  expect(left.rows).toEqual([{ operations: 0, counted: 0 }]);
  await expectLedgerToAddUp();
});

it('leaves a ledger that still finds an event that nobody accounts for', async () => {
  await plantMonths();
  await keep(30);
  await drop();
  await database.pool.query(
    `update audit.dropped_count set events = events - 1 where events = 2`,
  );
  const range = { startMs: 0, endMs: Date.now() + 1_000 };
  expect(await compareLedger(database.pool, range, 100)).toMatchObject([
    { what: 'events', counted: 3, found: 2 },
  ]);
});

const beginsInTime: [string, () => Promise<unknown>][] = [
  ['nothing says how long', async () => undefined],
  ['they are kept for ever', () => keep(null)],
  ['they are younger', () => keep(36_500)],
  ['it was said less than a day ago', () => keep(30, { since: '23 hours' })],
];
it.each(beginsInTime)('drops nothing when %s', async (_, arrange) => {
  await plantMonths();
  await arrange();
  await drop();
  expect(await countEvents()).toEqual({ ...march, ...april });
  expect(readdirSync(archive)).toEqual([]);
});

const holds: [string, string | null, string | null, object][] = [
  ['from its last moment', '2024-03-31T23:59:59.999Z', null, april],
  ['until its first moment', null, '2024-03-01T00:00:00Z', {}],
  ['without bounds', null, null, { ...march, ...april }],
  ['that ends before it', null, '2024-02-29T23:59:59Z', {}],
  ['that begins after it', '2024-05-01T00:00:00Z', null, {}],
];
it.each(holds)('keeps a month under a hold %s', async (name, start, end) => {
  await plantMonths();
  await keep(30);
  await hold(start, end);
  await drop();
  const isOutside = name.startsWith('that');
  expect(await countEvents()).toMatchObject(isOutside ? {} : march);
  expect('2024-03' in (await countEvents())).toBe(!isOutside);
  await expectLedgerToAddUp();
});

it('drops it a day after the hold is released', async () => {
  await plantMonths();
  await keep(30);
  await hold('2024-03-10T00:00:00Z', '2024-03-11T00:00:00Z');
  await drop();
  expect(await countEvents()).toEqual(march);
  await database.pool.query(
    `update audit.hold set released_at = now() - interval '23 hours', released_by = 'test', release_reason = 'settled'`,
  );
  await drop();
  expect(await countEvents()).toEqual(march);
  await database.pool.query(
    `update audit.hold set released_at = released_at - interval '2 hours'`,
  );
  await drop();
  expect(await countEvents()).toEqual({});
});

it('goes without an archive only where the retention says so, and says so in the tombstone', async () => {
  await plantMonths();
  await keep(30);
  await dropDueMonths(planter.db, withoutArchive());
  expect(lines).toEqual([
    expect.stringContaining(
      'cannot drop the month 2024-03, which is due: AUDIT_ARCHIVE_DIR must be a folder',
    ),
  ]);
  expect(await countEvents()).toEqual({ ...march, ...april });
  await keep(30, { withoutArchive: true });
  await dropDueMonths(planter.db, withoutArchive());
  expect(await countEvents()).toEqual({});
  expect(await findTombstones(database.pool)).toMatchObject([
    { month: '2024-04', archive_file: null, archive_sha256: null },
    { month: '2024-03', archive_file: null, archive_sha256: null },
  ]);
});

it('keeps the month when its archive cannot be written, and leaves no file', async () => {
  await plantMonths();
  await keep(30);
  await drop(join(archive, 'not', 'there')).catch(() => undefined);
  expect(await countEvents()).toEqual({ ...march, ...april });
  expect(readdirSync(archive)).toEqual([]);
});

it('lets the server end a transaction that says nothing for ten seconds after it dropped', async () => {
  await plantMonths();
  await keep(30, { withoutArchive: true });
  await withClient(database.url, async (client) => {
    await client.query(BEGIN);
    await dropMonth(client, '2024-03', undefined, 'test');
    const { rows } = await client.query(
      `show idle_in_transaction_session_timeout`,
    );
    expect(rows).toEqual([{ idle_in_transaction_session_timeout: '10s' }]);
    await client.query('rollback');
  });
});

it('clears away what a receiver was writing when it was killed, and no other file', async () => {
  for (const name of [
    'audit-events-2024-03.0123456789abcdef.partial',
    'audit-events-2023-01.0123456789abcdef.ndjson.gz',
    'notes.partial',
  ])
    writeFileSync(join(archive, name), 'torn');
  await drop();
  expect(readdirSync(archive).sort()).toEqual([
    'audit-events-2023-01.0123456789abcdef.ndjson.gz',
    'notes.partial',
  ]);
});

it('waits for those who read the events', async () => {
  await plantMonths();
  await keep(30);
  await withClient(database.url, async (reader) => {
    await reader.query('begin');
    await reader.query('select count(*) from audit.event');
    const dropping = drop();
    await untilDropWaits();
    await reader.query('commit');
    await dropping;
  });
  expect(await countEvents()).toEqual({});
  await expectLedgerToAddUp();
});

it('drops anew what came late, but not on the same day', async () => {
  await plantMonths();
  await keep(30);
  await drop();
  await planter.plant([eventAt('2024-03-20T00:00:00Z')]);
  await drop();
  expect(await countEvents()).toEqual({ '2024-03': 1 });
  await database.pool.query(
    `update audit.tombstone set dropped_at = dropped_at - interval '25 hours'`,
  );
  await drop();
  expect(await countEvents()).toEqual({});
  const tombstones = await findTombstones(database.pool);
  expect(tombstones.map(({ month, events }) => [month, events])).toEqual([
    ['2024-03', 1],
    ['2024-04', 1],
    ['2024-03', 3],
  ]);
  expect(new Set(readdirSync(archive))).toEqual(
    new Set(tombstones.map(({ archive_file }) => archive_file)),
  );
  await expectLedgerToAddUp();
});

it('is done once by several receivers', async () => {
  await plantMonths();
  await keep(30);
  const logging = recordingLogger();
  const planters = await Promise.all(
    Array.from({ length: 4 }, () => createPlanter(database.url)),
  );
  await Promise.all(
    planters.map(({ db }) =>
      dropDueMonths(db, {
        archiveDirectory: archive,
        instance: 'receiver-1:7',
        logger: logging.logger,
        isStopped: () => false,
      }),
    ),
  );
  await Promise.all(planters.map((one) => one.close()));
  await drop();
  expect(await findTombstones(database.pool)).toHaveLength(2);
  expect(await countEvents()).toEqual({});
  await expectLedgerToAddUp();
});

it('leaves alone what happened before 2020 and after 2039', async () => {
  await planter.plant([
    eventAt('1970-01-01T00:00:00Z'),
    eventAt('2041-01-01T00:00:00Z'),
  ]);
  await keep(1);
  await drop();
  expect(await countEvents()).toEqual({ '1970-01': 1, '2041-01': 1 });
});
