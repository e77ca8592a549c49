import { dropMonth } from 'audit-event/store';
import { withClient } from '../../test/src/template-database';
import { untilDropWaits } from './kit/until-drop-waits';
import {
  countEvents,
  database,
  hold,
  keep,
  march,
  plantMonths,
  withOldMonths,
} from './kit/old-months';

withOldMonths();

const conditions: [string, () => Promise<unknown>, string][] = [
  [
    'a hold is in force',
    () => keep(30).then(() => hold(null, null)),
    'cannot drop 2024-03-01: a legal hold is in force on it',
  ],
  [
    'events are kept for ever',
    () => keep(null),
    'cannot drop 2024-03-01: expected a month that is due, got one that is due never',
  ],
  [
    'there is no archive',
    () => keep(30),
    'cannot drop 2024-03-01: expected an archive, got none, and the retention does not allow to go without',
  ],
  [
    'an event was deleted by hand',
    async () => {
      await keep(30, { withoutArchive: true });
      await database.pool.query(
        `delete from audit.event where event_time = '2024-03-15T12:00:00Z'`,
      );
    },
    'cannot drop 2024-03-01: it has 2 events, the hourly counts say 3, the archive has none',
  ],
];
it.each(conditions)(
  'the database refuses to drop when %s',
  async (_, arrange, message) => {
    await plantMonths();
    await arrange();
    await expect(
      dropMonth(database.pool, '2024-03', undefined, 'test'),
    ).rejects.toThrow(message);
    expect(await countEvents()).toMatchObject({
      '2024-03': expect.any(Number),
    });
  },
);

it('the database refuses an archive with another number of events', async () => {
  await plantMonths();
  await keep(30);
  const sha256 = Buffer.alloc(32);
  await expect(
    dropMonth(
      database.pool,
      '2024-03',
      { file: 'some.gz', sha256, events: 2 },
      'test',
    ),
  ).rejects.toThrow(
    'it has 3 events, the hourly counts say 3, the archive has 2',
  );
  expect(await countEvents()).toMatchObject(march);
});

it.each(['repeatable read', 'serializable'])(
  'the database refuses to drop in a transaction that is %s, which would not see a hold made meanwhile',
  async (isolation) => {
    await plantMonths();
    await keep(30, { withoutArchive: true });
    await withClient(database.url, async (client) => {
      await client.query(`begin isolation level ${isolation}`);
      await client.query(`select from audit.month`);
      await hold(null, null);
      await expect(
        dropMonth(client, '2024-03', undefined, 'test'),
      ).rejects.toThrow(
        `cannot drop 2024-03-01: expected a transaction with isolation level read committed, got ${isolation}`,
      );
      await client.query('rollback');
    });
    expect(await countEvents()).toMatchObject(march);
  },
);

it('the database refuses when an event comes while it waits to drop', async () => {
  await plantMonths();
  await keep(30, { withoutArchive: true });
  await withClient(database.url, async (writer) => {
    await writer.query('begin');
    await writer.query(
      `insert into audit.event
       select (jsonb_populate_record(event, jsonb_build_object('id', gen_random_uuid()))).*
       from audit.event where event_time = '2024-03-15T12:00:00Z'`,
    );
    await writer.query(
      `insert into audit.event_count
       select distinct on (hour) (jsonb_populate_record(event_count, '{"events": 1, "hours": 0}')).*
       from audit.event_count where hour = '2024-03-15T12:00:00Z'`,
    );
    const outcome = dropMonth(database.pool, '2024-03', undefined, 'test').then(
      () => 'dropped',
      String,
    );
    await untilDropWaits();
    await writer.query('commit');
    expect(await outcome).toContain(
      'events of it came while it was being dropped',
    );
  });
  expect(await countEvents()).toMatchObject({ '2024-03': 4 });
});
