import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkLedger } from './check/check-ledger';
import { countOutcomes } from './check/count-outcomes';
import type { Findings } from './check/findings';
import { createCrashableReceiver } from './crash/crashable-receiver';
import type { CrashableReceiver } from './crash/crashable-receiver';
import { startCrashablePostgres } from './crash/crashable-postgres';
import type { CrashablePostgres } from './crash/crashable-postgres';
import { freePort } from './crash/free-port';
import { withDatabase } from './crash/with-database';
import { killLoop } from './kill-loop';
import { startAnswerDroppingProxy } from './load/answer-dropping-proxy';
import { RULES_FILE } from './load/plan-request';
import type { Origin } from './load/plan-request';
import { startLoad } from './load/start-load';
import type { ChaosOptions } from './options';
import { sabotages } from './sabotages';
import type { Sabotage } from './sabotages';
import { seededRandom } from './seeded-random';
import { waitForWriters } from './check/wait-for-writers';

/** What came out of a run. */
export interface ChaosResult {
  findings: Findings;
  figures: Record<string, number>;
}

/** How many answers 200 never reach their sender. */
const DROPPED_ANSWERS = 0.1;
const KILLS_PER_LINE = 10;
const RECEIVER = '../../collector-receiver/dist/main.js';

/**
 * Kills receiver and Postgres under load, lets everything finish, and compares the database with all that was sent.
 *
 * @param print takes a line of progress now and then
 * @param signal gives up; all processes are ended and all files removed then, too
 * @throws when something does not come back, a sender gets an answer it would delete upon, or `signal` says so
 */
export async function runChaos(
  options: ChaosOptions,
  print: (line: string) => void,
  signal: AbortSignal,
): Promise<ChaosResult> {
  await using cleanup = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), 'otel-audit-chaos-'));
  cleanup.defer(() => rmSync(folder, { recursive: true, force: true }));
  const postgres = await startCrashablePostgres(folder);
  cleanup.defer(() => postgres.remove());

  const sabotage: Sabotage =
    options.sabotage === undefined ? {} : sabotages[options.sabotage];
  const port = await freePort();
  const receiver = makeReceiver(folder, port, postgres, sabotage);
  cleanup.defer(() => receiver.remove());
  await receiver.start();
  await withDatabase(postgres.url, async (db) => {
    for (const statement of sabotage.sql ?? []) await db.query(statement);
  });

  const proxy = await startAnswerDroppingProxy({
    port,
    fraction: sabotage.keepsAnswers ? 0 : DROPPED_ANSWERS,
    random: seededRandom(options.seed, 'answers'),
  });
  cleanup.defer(() => proxy.close());
  const origin: Origin = {
    seed: options.seed,
    startedAt: BigInt(Date.now()) * 1_000_000n,
  };
  const load = startLoad(origin, proxy.url);
  cleanup.defer(() => load.abandon());
  signal.addEventListener('abort', () => void load.abandon());

  const sum = (what: 'acknowledgedRecords' | 'acknowledged') =>
    load.ledgers.reduce((total, ledger) => total + ledger[what], 0);
  let kills = 0;
  const first200 = await killLoop({
    ...{ options, receiver, postgres, signal },
    nextAcknowledged: load.nextAcknowledged,
    onKilled() {
      kills += 1;
      if (kills % KILLS_PER_LINE !== 0) return;
      print(
        `${kills} kills: ${sum('acknowledgedRecords')} records acknowledged, ${proxy.dropped()} answers dropped`,
      );
    },
  });
  await load.stop();
  await receiver.stop();
  // Awaited here: what follows removes the database.
  return await withDatabase(postgres.url, async (db) => {
    await waitForWriters(db);
    return {
      findings: await checkLedger(db, origin, load.ledgers, signal),
      figures: {
        droppedAnswers: proxy.dropped(),
        requests: sum('acknowledged'),
        acknowledged: sum('acknowledgedRecords'),
        ...(await countOutcomes(db)),
        slowestFirst200Ms: first200,
      },
    };
  });
}

function makeReceiver(
  folder: string,
  port: number,
  postgres: CrashablePostgres,
  sabotage: Sabotage,
): CrashableReceiver {
  const rules = join(folder, 'audit.yaml');
  writeFileSync(rules, RULES_FILE);
  return createCrashableReceiver({
    script: join(__dirname, sabotage.receiver ?? RECEIVER),
    port,
    env: { AUDIT_DATABASE_URL: postgres.url, AUDIT_CONFIG: rules },
    logFile: join(folder, 'receiver.log'),
  });
}
