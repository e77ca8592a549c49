import { foldCounts, foldStreams, sweepOperations } from 'audit-event/store';
import type { Queryable } from 'audit-event/store';
import type { Config } from '../config';
import type { Logger } from '../logger';
import { makeMonths } from './make-months';
import { repeatJobs } from './repeat-jobs';
import { dropDueMonths } from './retention/drop-due-months';

/** How often, in milliseconds: so old may be what is told about streams and unfinished operations. */
const EVERY_MS = 60_000;
/** The same for the partitions. They have a turn of their own, because to archive a month may take long. */
const PARTITIONS_EVERY_MS = 10 * 60_000;
/** Counts that are not added up yet are rows that every total has to read: a busy receiver brings a thousand a second. */
const FOLD_EVERY_MS = 5_000;

export interface JobOptions extends Pick<
  Config,
  'databaseUrl' | 'operationTimeoutMs' | 'archiveDirectory'
> {
  /** Host and process, for people. */
  instance: string;
  logger: Logger;
  everyMs?: number | undefined;
}

/**
 * Does again and again what no request should wait for: adds up counts and streams, looks for unfinished operations, makes the
 * months ahead and drops those that are due. Each job is one transaction, or several, that one of several receivers does, so
 * it may be cut off at any moment.
 *
 * @returns the function that stops them; it resolves when nothing runs any more
 */
export function startJobs(options: JobOptions): () => Promise<void> {
  const { operationTimeoutMs, everyMs } = options;
  const stops = [
    repeatJobs(
      { 'add up the counts': (db) => foldCounts(db) },
      { ...options, everyMs: everyMs ?? FOLD_EVERY_MS },
    ),
    repeatJobs(
      {
        'add up the streams': (db) => foldStreams(db),
        'look for unfinished operations': (db, isStopped) =>
          sweepAll(db, operationTimeoutMs, isStopped),
      },
      { ...options, everyMs: everyMs ?? EVERY_MS },
    ),
    repeatJobs(
      {
        'make the months ahead': (db) => makeMonths(db),
        'drop the months that are due': (db, isStopped) =>
          dropDueMonths(db, { ...options, isStopped }),
      },
      { ...options, everyMs: everyMs ?? PARTITIONS_EVERY_MS },
    ),
  ];
  return async () => {
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
