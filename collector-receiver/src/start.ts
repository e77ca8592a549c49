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
import { receive } from './receive';

/** What the receiver needs of the database, and where it speaks. */
export interface ReceiverDeps {
  /** Resolves after COMMIT; a rejection makes the sender send again. */
  commit: Commit;
  /** Why a commit would not be durable now, undefined when it would; for /readyz. */
  notReady: () => Promise<string | undefined>;
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
 * const receiver = await startReceiver(loadConfig(process.env), { commit, notReady, loadDatabaseRules, logger });
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
  try {
    const server = await startServer({
      ...config,
      ...deps,
      budget,
      metrics,
      isAuthorized: createAuthorizer(config.ingestToken),
      receive: (body, encoding) =>
        receive(body, encoding, {
          rules: rules.current,
          foreignRecords: config.foreignRecords,
          commit: deps.commit,
        }),
    });
    return {
      url: server.url,
      async close() {
        await server.close();
        rules.close();
      },
    };
  } catch (error) {
    rules.close();
    throw error;
  }
}
