import type { Commit } from 'audit-event/store';
import type { Registry } from 'prom-client';
import type { Config } from './config';
import type { LoadDatabaseRules } from './exclude/database-rules';
import type { Encoding } from './encoding';
import type { RuleSet } from 'audit-event/exclude';
import { watchRules } from './exclude/watch-rules';
import { startGrpcServer } from './grpc/server';
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
import { showState } from './show-state';
import { watchCertificates } from './tls/watch-certificates';
import type { CertificateWatch } from './tls/watch-certificates';

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

export interface Receiver {
  /** Of OTLP/HTTP, such as `http://127.0.0.1:4318`. */
  url: string;
  /** Of OTLP/gRPC, such as `http://127.0.0.1:4317`. */
  grpcUrl: string;
  /** Takes no new request and resolves when the last one is answered. */
  close(): Promise<void>;
}

/**
 * Starts a receiver.
 *
 * @throws when the rules or certificates are bad or cannot be loaded, or a port is taken
 * @example
 * const receiver = await startReceiver(loadConfig(process.env), { commit, readiness, loadDatabaseRules, logger });
 * await receiver.close(); // after the last request is answered
 */
export async function startReceiver(
  config: Config,
  deps: ReceiverDeps,
): Promise<Receiver> {
  const budget = createByteBudget(config.maxInFlightBytes);
  const metrics = createMetrics(budget.used, deps.registry);
  const rules = await watchRules({
    ...deps,
    file: config.file,
    onFailure: metrics.rulesNotTaken,
  });
  const readiness = await watchReadiness(deps);
  const health = createCommitHealth(deps.logger);
  const servers: Server[] = [];
  let certificates: CertificateWatch | undefined;
  const close = async () => {
    await Promise.all(servers.map((server) => server.close()));
    certificates?.close();
    readiness.close();
    rules.close();
  };
  const commit: Commit = async (received) => {
    await deps.commit(received);
    health.succeeded();
  };
  try {
    certificates = config.tls && watchCertificates(config.tls, deps.logger);
    showState(metrics.registry, {
      readiness: readiness.status,
      inFlightLimitBytes: config.maxInFlightBytes,
      certificate: () => certificates?.options().cert as Buffer | undefined,
    });
    const options = {
      ...config,
      ...deps,
      certificates,
      budget,
      metrics,
      isAuthorized: createAuthorizer(config.ingestToken),
      refusal: readiness.refusal,
      async notReady() {
        const answer = await readiness.check();
        return answer.status === 'ready' ? health.problem() : answer.reason;
      },
      receive: (body: Uint8Array, encoding: Encoding) =>
        receive(body, encoding, {
          rules: rules.current,
          foreignRecords: config.foreignRecords,
          commit,
        }).catch((error: unknown) => {
          health.failed(error);
          throw error;
        }),
    };
    const http = await startServer(options);
    servers.push(http);
    const grpc = await startGrpcServer(options);
    servers.push(grpc);
    return { url: http.url, grpcUrl: grpc.url, close };
  } catch (error) {
    await close();
    throw error;
  }
}
