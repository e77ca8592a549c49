import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { findTombstones } from 'audit-event/store';
import type { TombstoneRow } from 'audit-event/store';
import { anAuditEvent } from '../src/audit-events';
import { createTestDatabase } from '../src/database';
import type { TestDatabase } from '../src/database';
import { createPlanter } from '../src/planted-events';
import { withClient } from '../src/template-database';

const EVENTS = 20_000;
const DIST = join(__dirname, '..', '..', 'collector-receiver', 'dist');
/** What a receiver does every ten minutes, once. */
const PROGRAM = `
  const { openConnection } = require(process.argv[1] + '/commit/connection.js');
  const { dropDueMonths } = require(process.argv[1] + '/jobs/retention/drop-due-months.js');
  const say = (details, text) => console.log(text, details.err ?? '');
  openConnection(process.argv[2]).then(async (db) => {
    const logger = { info: say, warn: say, error: say };
    await dropDueMonths(db, { archiveDirectory: process.argv[3], instance: 'child', logger, isStopped: () => false });
    await db.end();
  });`;

let database: TestDatabase;
let archive: string;
beforeEach(async () => {
  database = await createTestDatabase();
  archive = mkdtempSync(join(tmpdir(), 'otel-audit-archive-'));
  const planter = await createPlanter(database.url);
  const time = BigInt(Date.parse('2024-03-15T12:00:00Z')) * 1_000_000n;
  for (let i = 0; i < EVENTS; i += 5_000)
    await planter.plant(
      Array.from({ length: 5_000 }, (_, n) =>
        anAuditEvent({ time: time + BigInt(i + n) * 1_000n }),
      ),
    );
  await planter.close();
  await database.pool.query(
    `insert into audit.retention (version, days, changed_at, changed_by) values (2, 30, now() - interval '2 days', 'test')`,
  );
});
afterEach(async () => {
  await database.drop();
  rmSync(archive, { recursive: true, force: true });
});

function start() {
  const child = spawn(
    process.execPath,
    ['-e', PROGRAM, DIST, database.url, archive],
    { stdio: 'inherit' },
  );
  return { child, gone: once(child, 'close') };
}

async function left(): Promise<{ events: number; tombstones: TombstoneRow[] }> {
  const { rows } = await database.pool.query(
    `select count(*)::integer as events from audit.event where plugin_id <> 'audit-log'`,
  );
  return {
    events: rows[0].events as number,
    tombstones: await findTombstones(database.pool),
  };
}

async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < 4_000 && !(await isTrue()); i++) await sleep(5);
  expect(await isTrue()).toBe(true);
}

/** After the next run all is done, and nothing else is there. */
async function expectDoneByTheNextRun(): Promise<void> {
  await start().gone;
  const { events, tombstones } = await left();
  expect(events).toBe(0);
  expect(tombstones).toMatchObject([{ month: '2024-03', events: EVENTS }]);
  expect(readdirSync(archive)).toEqual([tombstones[0]!.archive_file]);
  const bytes = readFileSync(join(archive, tombstones[0]!.archive_file!));
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(
    tombstones[0]!.archive_sha256,
  );
  expect(gunzipSync(bytes).toString().trimEnd().split('\n')).toHaveLength(
    EVENTS,
  );
}

it('a receiver killed while it writes the archive leaves the month, and a file that the next run clears away', async () => {
  const { child, gone } = start();
  await until(() =>
    readdirSync(archive).some((name) => name.endsWith('.partial')),
  );
  child.kill('SIGKILL');
  await gone;
  expect(await left()).toEqual({ events: EVENTS, tombstones: [] });
  expect(readdirSync(archive)).toEqual([
    expect.stringMatching(/^audit-events-2024-03\.[0-9a-f]{16}\.partial$/),
  ]);
  await expectDoneByTheNextRun();
});

it('a receiver killed between archive and drop leaves the month, and an archive that the next run writes again', async () => {
  await withClient(database.url, async (reader) => {
    await reader.query('begin');
    await reader.query('select from audit.event limit 1');
    const { child, gone } = start();
    await until(
      async () =>
        (
          await database.pool.query(
            `select exists (select from pg_locks where not granted and relation = 'audit.event'::regclass) as found`,
          )
        ).rows[0].found as boolean,
    );
    child.kill('SIGKILL');
    await gone;
    await reader.query('commit');
  });
  await until(
    async () =>
      (
        await database.pool.query(
          `select not exists (select from pg_locks where relation = 'audit.event'::regclass and pid <> pg_backend_pid()) as free`,
        )
      ).rows[0].free as boolean,
  );
  // The server may have gone on to drop the month for a client that is gone, but it cannot commit without it.
  expect(await left()).toEqual({ events: EVENTS, tombstones: [] });
  expect(readdirSync(archive)).toHaveLength(1);
  await expectDoneByTheNextRun();
});
