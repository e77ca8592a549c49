import { foldCounts, foldStreams, sweepOperations } from 'audit-event/store';
import type { Queryable } from 'audit-event/store';
import { openConnection } from '../commit/connection';
import type { OpenConnection } from '../commit/connection';
import type { Config } from '../config';
import type { Logger } from '../logger';
import { poll } from '../poll';

/** How often, in milliseconds: so old may be what is told about streams and unfinished operations. */
const EVERY_MS = 60_000;

export interface JobOptions extends Pick<
  Config,
  'databaseUrl' | 'operationTimeoutMs'
> {
  logger: Logger;
  everyMs?: number | undefined;
}

/**
 * Does again and again what no request should wait for: adds up counts and streams, looks for unfinished operations. Each job
 * is done in transactions, by one of several receivers, so it may be cut off at any moment.
 *
 * @returns the function that stops them; it resolves when nothing runs any more
 */
export function startJobs({
  databaseUrl,
  operationTimeoutMs,
  logger,
  everyMs = EVERY_MS,
}: JobOptions): () => Promise<void> {
  const jobs = {
    'add up the counts': (db: Queryable) => foldCounts(db),
    'add up the streams': (db: Queryable) => foldStreams(db),
    'look for unfinished operations': (db: Queryable) =>
      sweepAll(db, operationTimeoutMs, () => stopped),
  };
  let stopped = false;
  let db: OpenConnection | undefined;
  let running: Promise<void> | undefined;

  async function runAll(): Promise<void> {
    for (const [purpose, job] of Object.entries(jobs)) {
      if (stopped) return;
      try {
        db = await openConnection(databaseUrl);
        if (stopped) return;
        // It takes the time it takes: after an outage there is much to catch up with.
        await db.query(`set statement_timeout = 0`);
        await job(db);
      } catch (err) {
        if (!stopped) logger.warn({ err }, `cannot ${purpose} now`);
      } finally {
        await db?.end().catch(() => undefined);
        db = undefined;
      }
    }
  }

  const stop = poll(() => (running = runAll()), everyMs);
  return async () => {
    stopped = true;
    stop();
    db?.destroy();
    await running;
  };
}

async function sweepAll(
  db: Queryable,
  timeoutMs: number,
  isStopped: () => boolean,
): Promise<void> {
  for (let more = true; more && !isStopped();) {
    const outcome = await sweepOperations(db, { timeoutMs });
    more = outcome.status === 'swept' && outcome.more;
  }
}
