import type { RequestHandler } from 'express';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** What Prometheus reads of this service, in a registry of its own. */
export interface Metrics {
  /** Observes every request; routes are the paths given, so that strangers cannot invent label values. */
  observe: RequestHandler;
  /** Answers with the numbers in Prometheus' text format. */
  expose: RequestHandler;
}

/** @param routes the paths to tell apart, as Express names them; all others count as `other` */
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
      res.type(registry.contentType).send(await registry.metrics());
    },
  };
}
