import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareLedger, findLedger } from 'audit-event/store';
import { anAuditEvent } from '../../../test/src/audit-events';
import { createTestDatabase } from '../../../test/src/database';
import type { TestDatabase } from '../../../test/src/database';
import { createPlanter } from '../../../test/src/planted-events';
import type { Planter } from '../../../test/src/planted-events';
import { dropDueMonths } from '../../src/jobs/retention/drop-due-months';
import { recordingLogger } from './recording-logger';

export let database: TestDatabase;
export let planter: Planter;
export let archive: string;
export let lines: string[];
/** What was logged with each line. */
export let details: object[];
/** Registers what each test begins and ends with. */
export function withOldMonths(): void {
  beforeEach(async () => {
    database = await createTestDatabase();
    planter = await createPlanter(database.url);
    archive = mkdtempSync(join(tmpdir(), 'otel-audit-archive-'));
  });
  afterEach(async () => {
    await planter.close();
    await database.drop();
    rmSync(archive, { recursive: true, force: true });
  });
}

export const eventAt = (time: string, fields = {}) =>
  anAuditEvent({ time: BigInt(Date.parse(time)) * 1_000_000n, ...fields });

/** Events of two months, of which the first and a part of the second came in the same batch. */
export async function plantMonths(): Promise<void> {
  const april = eventAt('2024-04-01T00:00:00Z', {
    actor: { type: 'user', id: 'user:default/april' },
  });
  const march = ['2024-03-01T00:00:00.000Z', '2024-03-31T23:59:59.999Z'];
  await planter.plant([
    ...march.map((time, i) => eventAt(time, { meta: { digits: 7 + i } })),
    april,
  ]);
  await planter.plant([eventAt('2024-03-15T12:00:00Z')]);
}

/** Says how long events are kept, as if it had been said two days ago. */
export async function keep(
  days: number | null,
  { withoutArchive = false, since = '2 days' } = {},
): Promise<void> {
  await database.pool.query(
    `insert into audit.retention (version, days, drop_without_archive, changed_at, changed_by)
     select max(version) + 1, $1, $2, now() - $3::interval, 'test' from audit.retention`,
    [days, withoutArchive, since],
  );
}

export async function drop(archiveDirectory: string | undefined = archive) {
  const logging = recordingLogger();
  ({ lines, details } = logging);
  await dropDueMonths(planter.db, {
    archiveDirectory,
    instance: 'receiver-1:7',
    logger: logging.logger,
    isStopped: () => false,
  });
}

export async function countEvents(): Promise<Record<string, number>> {
  const { rows } = await database.pool.query(
    `select to_char(event_time at time zone 'UTC', 'YYYY-MM') as month, count(*)::integer as count
     from audit.event where plugin_id <> 'audit-log' group by 1`,
  );
  return Object.fromEntries(rows.map(({ month, count }) => [month, count]));
}

export async function expectLedgerToAddUp(): Promise<void> {
  const range = { startMs: 0, endMs: Date.now() + 1_000 };
  expect(await compareLedger(database.pool, range, 100)).toEqual([]);
  expect((await findLedger(database.pool, range, 100)).gaps).toEqual([]);
}

export const march = { '2024-03': 3 };
export const april = { '2024-04': 1 };

export async function hold(
  start: string | null,
  end: string | null,
): Promise<void> {
  await database.pool.query(
    `insert into audit.hold (id, start_time, end_time, reason, created_by) values ($1, $2, $3, 'case 7', 'test')`,
    [randomUUID(), start, end],
  );
}

export function withoutArchive() {
  const logging = recordingLogger();
  lines = logging.lines;
  return {
    archiveDirectory: undefined,
    instance: 'receiver-1:7',
    logger: logging.logger,
    isStopped: () => false,
  };
}
