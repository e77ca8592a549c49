import type { Queryable } from 'audit-event/store';
import express from 'express';
import type { Express, RequestHandler } from 'express';
import type { Logger } from 'pino';
import { answerErrors } from './answer-error';
import { PLUGIN_PATH } from './audit-log-plugin';
import { HttpError } from './http-error';
import { methodNotAllowed, mount } from './http/route';
import { ledgerRoutes } from './ledger/ledger-routes';
import { createMetrics } from './metrics';
import { readiness } from './readiness';
import { AUDIT_EVENT_PATH, listAuditEvents } from './v1/audit-event';
import { operationRoute, OPERATION_PATH } from './v2/operation';
import { streamRoute, STREAM_PATH } from './v2/stream';
import { streamsRoute, STREAMS_PATH } from './v2/streams';
import type { ReaderDeps } from './reader';
import { settingsRoutes } from './settings-routes';
import type { SettingsDeps } from './settings-routes';

export interface AppDeps extends ReaderDeps, SettingsDeps {
  database: ReaderDeps['database'] & { tokens: Queryable };
  logger: Logger;
  trustedProxies: readonly string[];
}

const AUDIT_EVENT = `${PLUGIN_PATH}${AUDIT_EVENT_PATH}`;
const STREAMS = `${PLUGIN_PATH}${STREAMS_PATH}`;
const STREAM = `${PLUGIN_PATH}${STREAM_PATH}`;
const OPERATION = `${PLUGIN_PATH}${OPERATION_PATH}`;

/** The service over HTTP: the API, and what an operator's machines ask. */
export function createApp(deps: AppDeps): Express {
  const routes = [...settingsRoutes(deps), ...ledgerRoutes(deps)];
  const metrics = createMetrics([
    ...routes.map(({ path }) => path),
    AUDIT_EVENT,
    STREAMS,
    STREAM,
    OPERATION,
    '/healthz',
    '/readyz',
    '/metrics',
  ]);
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('case sensitive routing');
  app.set('query parser', false);
  app.set('trust proxy', deps.trustedProxies);

  app.use(metrics.observe);
  app.use(safeHeaders);

  app.route(AUDIT_EVENT).get(listAuditEvents(deps)).all(readOnly);
  app.route(STREAMS).get(streamsRoute(deps)).all(readOnly);
  app.route(STREAM).get(streamRoute(deps)).all(readOnly);
  app.route(OPERATION).get(operationRoute(deps)).all(readOnly);
  for (const route of routes) mount(app, route);
  app.get('/healthz', (_req, res) => void res.json({ status: 'ok' }));
  app.get('/readyz', readiness(deps.database.tokens));
  app.get('/metrics', metrics.expose);

  app.use(notFound);
  app.use(answerErrors(deps.logger));
  return app;
}

const safeHeaders: RequestHandler = (_req, res, next) => {
  res.set({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' });
  next();
};

const readOnly = methodNotAllowed(['GET', 'HEAD']);

const notFound: RequestHandler = (req) => {
  throw new HttpError('NotFoundError', `There is nothing at ${req.path}`);
};
