import { PLUGIN_PATH } from '../../../audit-log-plugin';
import { HEALTH_PATH, METRICS_PATH, READY_PATH } from '../../../service-paths';
import { json } from '../operation';
import type { Operation } from '../operation';
import { DOCS_PATH, DOCS_STYLE_PATH, OPENAPI_PATH } from '../paths';
import { anyObject, object, text } from '../schemas/json-schema';

const needs = 'anyone';

/** What programs and machines of an operator ask of the service itself. */
export const serviceOperations: readonly Operation[] = [
  {
    path: PLUGIN_PATH + OPENAPI_PATH,
    operationId: 'showOpenApi',
    summary: 'This document',
    needs,
    answers: { 200: json('OpenAPI 3.1', anyObject) },
  },
  {
    path: PLUGIN_PATH + DOCS_PATH,
    operationId: 'showDocs',
    summary: 'This document as a page',
    needs,
    answers: { 200: { description: 'HTML', content: { 'text/html': text } } },
  },
  {
    path: PLUGIN_PATH + DOCS_STYLE_PATH,
    operationId: 'showDocsStyle',
    summary: 'How that page looks',
    needs,
    answers: { 200: { description: 'CSS', content: { 'text/css': text } } },
  },
  {
    path: HEALTH_PATH,
    operationId: 'showHealth',
    summary: 'Whether the process answers',
    needs,
    answers: { 200: json('It does', object({ status: { const: 'ok' } })) },
  },
  {
    path: READY_PATH,
    operationId: 'showReadiness',
    summary:
      'Whether the database can be reached and has the schema of this release',
    needs,
    answers: {
      200: json('It has', object({ status: { const: 'ready' } })),
      503: json(
        'It has not',
        object({ status: { const: 'not ready' }, reason: text }),
      ),
    },
  },
  {
    path: METRICS_PATH,
    operationId: 'showMetrics',
    summary: 'Numbers for Prometheus',
    needs,
    answers: {
      200: { description: 'Metrics', content: { 'text/plain': text } },
    },
  },
];
