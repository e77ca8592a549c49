import { readdirSync } from 'node:fs';
import { writeArchive } from '../src/jobs/retention/write-archive';
import {
  april,
  archive,
  countEvents,
  database,
  details,
  drop,
  keep,
  lines,
  march,
  plantMonths,
  planter,
  withOldMonths,
} from './kit/old-months';

withOldMonths();

const marchDue = {
  month: '2024-03',
  startMs: Date.parse('2024-03-01T00:00:00Z'),
  endMs: Date.parse('2024-04-01T00:00:00Z'),
};

it('writes no archive of a month that has not as many events as its counts say', async () => {
  await plantMonths();
  await keep(30);
  await database.pool.query(
    `delete from audit.event where event_time = '2024-03-15T12:00:00Z'`,
  );
  await drop();
  expect(lines).toEqual([
    expect.stringContaining('cannot drop the month 2024-03 now'),
    expect.stringContaining('dropped the month 2024-04'),
  ]);
  expect(String((details[0] as { err: unknown }).err)).toContain(
    'cannot archive the month 2024-03: expected as many events as its hourly counts say, 3, got 2',
  );
  expect(await countEvents()).toEqual({ '2024-03': 2 });
  expect(readdirSync(archive)).toEqual([
    expect.stringContaining('audit-events-2024-04'),
  ]);
});

const refuseToDrop = `
  create function refuse() returns trigger language plpgsql as $$ begin raise 'refused'; end $$;
  create trigger refuse before insert on audit.tombstone for each row execute function refuse();`;

it('removes the archive of a month that the database refuses to drop', async () => {
  await plantMonths();
  await keep(30);
  await database.pool.query(refuseToDrop);
  await drop();
  expect(await countEvents()).toEqual({ ...march, ...april });
  expect(readdirSync(archive)).toEqual([]);
});

it('keeps the archive that a tombstone names when its month is refused', async () => {
  await plantMonths();
  await keep(30);
  // As if the same events had been dropped before: the same content has the same name.
  const before = await writeArchive(planter.db, marchDue, archive);
  await database.pool.query(
    `insert into audit.tombstone (month, events, archive_file, archive_sha256, retention_version, retention_days, dropped_at, dropped_by)
     values ('2024-03-01', 3, $1, $2, 2, 30, now() - interval '2 days', 'test')`,
    [before.file, before.sha256],
  );
  await database.pool.query(refuseToDrop);
  await drop();
  expect(await countEvents()).toEqual({ ...march, ...april });
  expect(readdirSync(archive)).toEqual([before.file]);
});
