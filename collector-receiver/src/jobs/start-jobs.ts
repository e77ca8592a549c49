import { foldCounts, foldStreams, sweepOperations } from 'audit-event/store';
import type { Queryable } from 'audit-event/store';
import { openConnection } from '../commit/connection';
import type { OpenConnection } from '../commit/connection';
import type { Config } from '../config';
import type { Logger } from '../logger';
import { poll } from '../poll';

/** How often, in milliseconds: so old may be what is told about streams and unfinished operations. */
const EVERY_MS = 60_000;
/** Counts that are not added up yet are rows that every total has to read: a busy receiver brings a thousand a second. */
const FOLD_EVERY_MS = 5_000;

export interface JobOptions extends Pick<
  Config,
  'databaseUrl' | 'operationTimeoutMs'
> {
  logger: Logger;
  everyMs?: number | undefined;
}

/**
 * Does again and again what no request should wait for: adds up counts and streams, looks for unfinished operations. Each job
 * is one transaction that one of several receivers does, so it may be cut off at any moment.
 *
 * @returns the function that stops them; it resolves when nothing runs any more
 */
export function startJobs({
  databaseUrl,
  operationTimeoutMs,
  logger,
  everyMs = EVERY_MS,
}: JobOptions): () => Promise<void> {
  const counts = { 'add up the counts': (db: Queryable) => foldCounts(db) };
  const others = {
    'add up the streams': (db: Queryable) => foldStreams(db),
    'look for unfinished operations': (db: Queryable) =>
      sweepAll(db, operationTimeoutMs, () => stopped),
  };
  let stopped = false;
  const connections = new Set<OpenConnection>();

  async function runAll(jobs: Jobs): Promise<void> {
    for (const [purpose, job] of Object.entries(jobs)) {
      if (stopped) return;
      let db: OpenConnection | undefined;
      try {
        db = await openConnection(databaseUrl);
        connections.add(db);
        // It takes the time it takes: after an outage there is much to catch up with.
        await db.query(`set statement_timeout = 0`);
        await job(db);
      } catch (err) {
        if (!stopped) logger.warn({ err }, `cannot ${purpose} now`);
      } finally {
        await db?.end().catch(() => undefined);
        if (db) connections.delete(db);
      }
    }
  }

  /** Does jobs again and again; what it returns stops that. */
  function repeat(jobs: Jobs, ms: number): () => Promise<void> {
    let running: Promise<void> | undefined;
    const stop = poll(() => (running = runAll(jobs)), ms);
    return async () => {
      stop();
      await running;
    };
  }

  const stops = [
    repeat(counts, Math.min(everyMs, FOLD_EVERY_MS)),
    repeat(others, everyMs),
  ];
  return async () => {
    stopped = true;
    for (const db of connections) db.destroy();
    await Promise.all(stops.map((stop) => stop()));
  };
}

type Jobs = Record<string, (db: Queryable) => Promise<unknown>>;

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
