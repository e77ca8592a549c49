import type { Commit } from 'audit-event/store';
import type { Registry } from 'prom-client';
import type { Config } from './config';
import type { LoadDatabaseRules } from './exclude/database-rules';
import type { RuleSet } from './exclude/rule-set';
import { watchRules } from './exclude/watch-rules';
import { createAuthorizer } from './http/authorize';
import { createByteBudget } from './http/byte-budget';
import { startServer } from './http/server';
import type { Server } from './http/server';
import type { Logger } from './logger';
import { createMetrics } from './metrics';
import { createCommitHealth } from './readiness/commit-health';
import type { Readiness } from './readiness/readiness';
import { watchReadiness } from './readiness/watch-readiness';
import { receive } from './receive';

/** What the receiver needs of the database, and where it speaks. */
export interface ReceiverDeps {
  /** Resolves after COMMIT; a rejection makes the sender send again. */
  commit: Commit;
  /** Whether commits succeed and last, asked of the database now; never rejects. */
  readiness: () => Promise<Readiness>;
  loadDatabaseRules: LoadDatabaseRules;
  /** Keeps the content of a rule set, so that the hash in a batch says which rules it met. */
  recordRuleSet?: ((rules: RuleSet) => Promise<void>) | undefined;
  logger: Logger;
  /** Where metrics are registered; its own by default. */
  registry?: Registry | undefined;
}

/**
 * Starts a receiver.
 *
 * @throws when the rules are bad or cannot be loaded, or the port is taken
 * @example
 * const receiver = await startReceiver(loadConfig(process.env), { commit, readiness, loadDatabaseRules, logger });
 * await receiver.close(); // after the last request is answered
 */
export async function startReceiver(
  config: Config,
  deps: ReceiverDeps,
): Promise<Server> {
  const budget = createByteBudget(config.maxInFlightBytes);
  const metrics = createMetrics(budget.used, deps.registry);
  const rules = await watchRules({
    ...deps,
    file: config.file,
    onFailure: metrics.rulesNotTaken,
  });
  const readiness = await watchReadiness(deps);
  const health = createCommitHealth(deps.logger);
  const stop = () => {
    readiness.close();
    rules.close();
  };
  const commit: Commit = async (received) => {
    await deps.commit(received);
    health.succeeded();
  };
  try {
    const server = await startServer({
      ...config,
      ...deps,
      budget,
      metrics,
      isAuthorized: createAuthorizer(config.ingestToken),
      refusal: readiness.refusal,
      async notReady() {
        const answer = await readiness.check();
        return answer.status === 'ready' ? health.problem() : answer.reason;
      },
      receive: (body, encoding) =>
        receive(body, encoding, {
          rules: rules.current,
          foreignRecords: config.foreignRecords,
          commit,
        }).catch((error: unknown) => {
          health.failed(error);
          throw error;
        }),
    });
    return {
      url: server.url,
      async close() {
        await server.close();
        stop();
      },
    };
  } catch (error) {
    stop();
    throw error;
  }
}
