import { eventFields } from 'audit-event/store';
import { PLUGIN_PATH, readPermission } from '../../audit-log-plugin';
import { statusOf } from '../../http-error';
import type { HttpErrorName } from '../../http-error';
import type { Operation } from './operation';
import { readingOperations } from './reading-operations';
import { retentionOperations } from './retention-operations';

/** Version 2 of the API, as far as it reads events and says how long they are kept, in OpenAPI 3.1. Names, words and bounds are those that requests are checked by. */
export function openApiDocument(): object {
  const events = {
    type: 'array',
    items: { $ref: '#/components/schemas/Event' },
  };
  return {
    openapi: '3.1.0',
    info: { title: 'Audit log', version: '2' },
    security: [{ bearer: [] }],
    paths: pathsOf([...readingOperations, ...retentionOperations]),
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

function pathsOf(
  all: readonly Operation[],
): Record<string, Record<string, object>> {
  const paths: Record<string, Record<string, object>> = {};
  for (const one of all) {
    const methods = (paths[PLUGIN_PATH + one.path] ??= {});
    methods[one.method ?? 'get'] = described(one);
  }
  return paths;
}

/** What it may be answered with when something is wrong. */
function failuresOf({
  path,
  method,
  body,
  parameters,
}: Operation): HttpErrorName[] {
  const isConditional = parameters.some(({ name }) => name === 'If-Match');
  return [
    'InputError',
    'AuthenticationError',
    'NotAllowedError',
    ...(path.includes('{') ? (['NotFoundError'] as const) : []),
    ...(method ? (['ConflictError'] as const) : []),
    ...(isConditional
      ? (['PreconditionFailedError', 'PreconditionRequiredError'] as const)
      : []),
    ...(body
      ? (['PayloadTooLargeError', 'UnsupportedMediaTypeError'] as const)
      : []),
    'TooManyRequestsError',
    'ServiceUnavailableError',
  ];
}

function described(operation: Operation): object {
  const {
    operationId,
    summary,
    parameters,
    body,
    success = 200,
    content,
    permission = readPermission,
  } = operation;
  const failures = failuresOf(operation).map((name) => [
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
    ...(body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: body } },
      },
    }),
    responses: {
      [success]: { description: summary, content },
      ...Object.fromEntries(failures),
    },
  };
}
