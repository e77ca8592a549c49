import type { RequestHandler } from 'express';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** What Prometheus reads of this service, in a registry of its own. */
export interface Metrics {
  /** Observes every request; routes are the paths given, so that strangers cannot invent label values. */
  observe: RequestHandler;
  /** Answers with the numbers in Prometheus' text format. */
  expose: RequestHandler;
}

/** @param routes the paths to tell apart; all others count as `other` */
export function createMetrics(routes: readonly string[]): Metrics {
  const registry = new Registry();
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
      const { method, path } = req;
      const route = routes.includes(path) ? path : 'other';
      const stop = duration.startTimer({ route, method });
      res.once('close', () => stop({ status: res.statusCode }));
      next();
    },
    async expose(_req, res) {
      res.type(registry.contentType).send(await registry.metrics());
    },
  };
}
