import { hostname } from 'node:os';
import { loadExclusionRules, recordRuleSet } from 'audit-event/store';
import { Pool } from 'pg';
import { Registry } from 'prom-client';
import { createCommitter } from './commit/committer';
import { countBatches } from './commit/count-batches';
import type { Config } from './config';
import { prepareArchiveDirectory } from './jobs/retention/prepare-archive-directory';
import { startJobs } from './jobs/start-jobs';
import type { Logger } from './logger';
import { prepareDatabase } from './prepare-database';
import { checkDatabase } from './readiness/check-database';
import { startReceiver } from './start';
import type { Receiver } from './start';
import { VERSION } from './version';

/** Two to four made no difference on two cores; a server with more has more to do at once. */
const WRITING_CONNECTIONS = 4;
/** For all that is not writing events: readiness, rules. */
const OTHER_CONNECTIONS = 2;
const OTHER_TIMEOUT_MS = 5_000;

/**
 * Runs a receiver on its database: migrates it, makes the months ahead, then listens and starts the background jobs.
 *
 * @throws when the database cannot be reached or migrated, the folder for archives cannot be written, rules or certificates are bad, or a port is taken
 * @example
 * const receiver = await runReceiver(loadConfig(process.env), pino());
 * await receiver.close(); // commits all that was accepted
 */
export async function runReceiver(
  config: Config,
  logger: Logger,
): Promise<Receiver> {
  const { databaseUrl, archiveDirectory } = config;
  if (archiveDirectory !== undefined)
    await prepareArchiveDirectory(archiveDirectory);
  await prepareDatabase(databaseUrl, logger);
  const pool = new Pool({
    connectionString: databaseUrl,
    application_name: 'collector-receiver',
    max: OTHER_CONNECTIONS,
    connectionTimeoutMillis: OTHER_TIMEOUT_MS,
    statement_timeout: OTHER_TIMEOUT_MS,
    // For a server that went silent, which keeps no timeout of its own.
    query_timeout: OTHER_TIMEOUT_MS + 1_000,
  });
  // The error carries the whole client object, the key that cancels its queries included: only the message is told.
  pool.on('error', ({ message }) => {
    // A server that stops with the receiver may be the first to end a connection.
    if (!pool.ending)
      logger.warn({}, `lost an idle connection to the database: ${message}`);
  });
  const registry = new Registry();
  const instance = `${hostname()}:${process.pid}`;
  const committer = createCommitter({
    databaseUrl,
    lanes: WRITING_CONNECTIONS,
    instance,
    version: VERSION,
    onCommitted: countBatches(registry),
  });
  const stopJobs = startJobs({ ...config, instance, logger });
  const stop = async () => {
    await stopJobs();
    await committer.close();
    await pool.end();
  };
  try {
    const receiver = await startReceiver(config, {
      commit: committer.commit,
      readiness: () => checkDatabase(pool, config),
      loadDatabaseRules: () => loadExclusionRules(pool),
      recordRuleSet: ({ hash, content }) => recordRuleSet(pool, hash, content),
      logger,
      registry,
    });
    return {
      ...receiver,
      async close() {
        await receiver.close();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
