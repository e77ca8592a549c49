import { eventFields } from 'audit-event/store';
import { PLUGIN_PATH, readPermission } from '../../audit-log-plugin';
import { statusOf } from '../../http-error';
import type { HttpErrorName } from '../../http-error';
import { operations } from './operations';
import type { Operation } from './operations';

/** What every way to read may be answered with. */
const FAILURES: readonly HttpErrorName[] = [
  'InputError',
  'AuthenticationError',
  'NotAllowedError',
  'TooManyRequestsError',
  'ServiceUnavailableError',
];

/** Version 2 of the API, as far as it reads events, in OpenAPI 3.1. Names, words and bounds are those that requests are checked by. */
export function openApiDocument(): object {
  const events = {
    type: 'array',
    items: { $ref: '#/components/schemas/Event' },
  };
  return {
    openapi: '3.1.0',
    info: { title: 'Audit log', version: '2' },
    security: [{ bearer: [] }],
    paths: Object.fromEntries(
      operations.map((one) => [
        PLUGIN_PATH + one.path,
        { get: described(one) },
      ]),
    ),
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      schemas: {
        Event: {
          type: 'object',
          properties: Object.fromEntries(eventFields.map((name) => [name, {}])),
          required: eventFields,
        },
        Related: {
          type: 'object',
          properties: { events, has_more: { type: 'boolean' } },
        },
        Total: {
          type: ['object', 'null'],
          properties: {
            value: { type: 'integer' },
            is_exact: { type: 'boolean' },
          },
        },
        Error: {
          type: 'object',
          properties: {
            error: {
              type: 'object',
              properties: {
                name: { type: 'string' },
                message: { type: 'string' },
              },
            },
          },
        },
      },
    },
  };
}

function described({
  path,
  operationId,
  summary,
  parameters,
  content,
  permission = readPermission,
}: Operation): object {
  const names = path.includes('{')
    ? [...FAILURES, 'NotFoundError' as const]
    : FAILURES;
  const failures = names.map((name) => [
    statusOf[name],
    {
      description: name,
      content: {
        'application/json': { schema: { $ref: '#/components/schemas/Error' } },
      },
    },
  ]);
  return {
    operationId,
    summary,
    description: `Needs the permission ${permission.name}.`,
    parameters,
    responses: {
      200: { description: summary, content },
      ...Object.fromEntries(failures),
    },
  };
}
