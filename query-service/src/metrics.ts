import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestHandler } from 'express';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** What Prometheus reads of this service, in a registry of its own. */
export interface Metrics {
  /** Observes every request; routes are the paths given, so that strangers cannot invent label values. */
  observe: RequestHandler;
  /** Answers with the numbers in Prometheus' text format. */
  expose: RequestHandler;
}

/** For how long a scrape waits for what the database is asked, in milliseconds; then it gets what was true before. */
const REFRESH_MS = 2_000;

/**
 * Makes the metrics of the service.
 *
 * @param routes the paths to tell apart, as Express names them; all others count as `other`
 * @param refresh brings what else is registered up to date before each scrape
 */
export function createMetrics(
  routes: readonly string[],
  refresh: () => Promise<void>,
  registry = new Registry(),
): Metrics {
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: 'audit_query_request_duration_seconds',
    help: 'Time to answer a request, by route, method and status',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });

  return {
    observe(req, res, next) {
      const { method } = req;
      const stop = duration.startTimer();
      res.once('close', () => {
        // Known only now: the router has found it meanwhile.
        const path = (req.route as { path?: string } | undefined)?.path;
        const route = path && routes.includes(path) ? path : 'other';
        stop({ route, method, status: res.statusCode });
      });
      next();
    },
    async expose(_req, res) {
      await Promise.race([
        refresh(),
        sleep(REFRESH_MS, undefined, { ref: false }),
      ]);
      res.type(registry.contentType).send(await registry.metrics());
    },
  };
}
