import { openConnection } from '../commit/connection';
import type { OpenConnection } from '../commit/connection';
import type { Logger } from '../logger';
import { poll } from '../poll';

/** What is done again and again, on a connection of its own. It may be cut off at any moment. */
export type Job = (
  db: OpenConnection,
  isStopped: () => boolean,
) => Promise<unknown>;

export interface RepeatOptions {
  databaseUrl: string;
  logger: Logger;
  everyMs: number;
}

/**
 * Does jobs one after the other, again and again; one that fails is told of by its name, and done again the next time.
 *
 * @returns the function that stops them; it resolves when nothing runs any more
 * @example
 * const stop = repeatJobs({ 'add up the counts': (db) => foldCounts(db) }, { databaseUrl, logger, everyMs: 60_000 });
 */
export function repeatJobs(
  jobs: Record<string, Job>,
  { databaseUrl, logger, everyMs }: RepeatOptions,
): () => Promise<void> {
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
        await job(db, () => stopped);
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
