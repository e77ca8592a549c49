import type { Queryable } from 'audit-event/store';
import express from 'express';
import type { Express, RequestHandler } from 'express';
import { Registry } from 'prom-client';
import { answerErrors } from './answer-error';
import { PLUGIN_PATH } from './audit-log-plugin';
import { HttpError } from './http-error';
import { mount } from './http/route';
import type { Route } from './http/route';
import { ledgerRoutes } from './ledger/ledger-routes';
import { createMetrics } from './metrics';
import { PAGE_FOLDER } from './page/page-files';
import { pageRoutes } from './page/page-routes';
import { readiness } from './readiness';
import { AUDIT_EVENT_PATH, listAuditEvents } from './v1/audit-event';
import { partitionsRoute, PARTITIONS_PATH } from './retention/partitions-route';
import { exportRoute, EXPORT_PATH } from './v2/export';
import { tailRoute, TAIL_PATH } from './v2/tail';
import { facetsRoute, FACETS_PATH } from './v2/facets';
import { histogramRoute, HISTOGRAM_PATH } from './v2/histogram';
import { statsRoute, STATS_PATH } from './v2/stats';
import { totalRoute, TOTAL_PATH } from './v2/total';
import { eventRoute, EVENT_PATH } from './v2/event';
import { eventsRoute, EVENTS_PATH } from './v2/events';
import { openApiRoutes } from './v2/openapi/routes';
import { operationRoute, OPERATION_PATH } from './v2/operation';
import { streamRoute, STREAM_PATH } from './v2/stream';
import { streamsRoute, STREAMS_PATH } from './v2/streams';
import type { ReaderDeps } from './reader';
import { HEALTH_PATH, METRICS_PATH, READY_PATH } from './service-paths';
import { createStoreMetrics } from './store-metrics/store-metrics';
import { settingsRoutes } from './settings-routes';
import type { SettingsDeps } from './settings-routes';

export interface AppDeps extends ReaderDeps, SettingsDeps {
  database: ReaderDeps['database'] & { tokens: Queryable };
  trustedProxies: readonly string[];
}

/** What can be read, below the plugin. */
const readings: [string, (deps: AppDeps) => RequestHandler][] = [
  [AUDIT_EVENT_PATH, listAuditEvents],
  [EVENTS_PATH, eventsRoute],
  [EVENT_PATH, eventRoute],
  [TOTAL_PATH, totalRoute],
  [FACETS_PATH, facetsRoute],
  [HISTOGRAM_PATH, histogramRoute],
  [EXPORT_PATH, exportRoute],
  [TAIL_PATH, tailRoute],
  [STATS_PATH, statsRoute],
  [PARTITIONS_PATH, partitionsRoute],
  [STREAMS_PATH, streamsRoute],
  [STREAM_PATH, streamRoute],
  [OPERATION_PATH, operationRoute],
];

/** The service over HTTP: the API, and what an operator's machines ask. */
export function createApp(deps: AppDeps): Express {
  const routes: Route[] = [
    ...readings.map(([path, read]) => ({
      path: PLUGIN_PATH + path,
      get: read(deps),
    })),
    ...settingsRoutes(deps),
    ...ledgerRoutes(deps),
    ...openApiRoutes(),
    { path: HEALTH_PATH, get: (_req, res) => void res.json({ status: 'ok' }) },
    { path: READY_PATH, get: readiness(deps.database.tokens) },
    ...pageRoutes(PAGE_FOLDER),
  ];
  const registry = new Registry();
  const refresh = createStoreMetrics({
    registry,
    inScan: deps.database.inScan,
    onError: (err) =>
      deps.logger.warn({ err }, 'cannot read the metrics of the store'),
  });
  const paths = [...routes.map(({ path }) => path), METRICS_PATH];
  const metrics = createMetrics(paths, refresh, registry);
  routes.push({ path: METRICS_PATH, get: metrics.expose });
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('case sensitive routing');
  app.set('query parser', false);
  app.set('trust proxy', deps.trustedProxies);

  app.use(metrics.observe);
  app.use(safeHeaders);

  for (const route of routes) mount(app, route);

  app.use(notFound);
  app.use(answerErrors(deps.logger));
  return app;
}

const safeHeaders: RequestHandler = (_req, res, next) => {
  res.set({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' });
  next();
};

const notFound: RequestHandler = (req) => {
  throw new HttpError('NotFoundError', `There is nothing at ${req.path}`);
};
