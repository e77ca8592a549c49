import { PLUGIN_PATH } from '../../audit-log-plugin';
import { SESSION_COOKIE } from '../../sign-in/session-cookie';
import { VERSION } from '../../version';
import { failuresOf } from './failures';
import type { Answer, Operation } from './operation';
import type {
  DocumentedAnswer,
  DocumentedContent,
  DocumentedOperation,
  DocumentedParameter,
  OpenApiDocument,
} from './openapi-document';
import { operations } from './operations';
import { DOCS_PATH } from './paths';
import { schemas } from './schemas';
import type { Schema } from './schemas/json-schema';

const DESCRIPTION = `What can be asked of the audit log, and what it answers. Names, words and bounds are those that requests are checked by.

HEAD is answered as GET is, without the body. Any other method that a path does not have, OPTIONS too, is answered 405 with Allow and an Error: pages of other sites get no permission. An unknown path is 404, a path that is no percent-encoded UTF-8 is 400. A request line and headers of more than 16 KiB are 431, and what is no HTTP is 400, both without a body.`;

/** The whole API of the service in OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.1.html). */
export function openApiDocument(): OpenApiDocument {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Audit log',
      version: VERSION,
      description: DESCRIPTION,
    },
    externalDocs: {
      url: PLUGIN_PATH + DOCS_PATH,
      description: 'This document as a page',
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }, { session: [] }],
    paths: pathsOf(operations),
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE },
      },
      schemas,
    },
  };
}

/** The path of a route of Express as OpenAPI has it. */
export function openApiPath(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}');
}

function pathsOf(all: readonly Operation[]): OpenApiDocument['paths'] {
  const paths: Record<string, Record<string, DocumentedOperation>> = {};
  for (const one of all) {
    const methods = (paths[openApiPath(one.path)] ??= {});
    methods[one.method ?? 'get'] = described(one);
  }
  return paths;
}

function described(operation: Operation): DocumentedOperation {
  const { operationId, summary, description, needs, id, query, headers, body } =
    operation;
  const permissions = typeof needs === 'string' ? [] : needs;
  const words = [
    description,
    permissions.length > 0 &&
      `Needs the permission ${permissions.map(({ name }) => name).join(' and ')}.`,
  ];
  const parameters = [
    ...Object.entries(id ? { id } : {}),
    ...Object.entries(query ?? {}),
    ...Object.entries(headers ?? {}),
  ].map(
    ([name, one]) => ({ name, in: 'query', ...one }) as DocumentedParameter,
  );
  return {
    operationId,
    summary,
    description: words.filter(Boolean).join(' ') || undefined,
    ...(needs === 'anyone' && { security: [] }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: true, content: contentOf(body) } }),
    responses: Object.fromEntries(
      Object.entries({ ...operation.answers, ...failuresOf(operation) }).map(
        ([status, answer]) => [status, responseOf(answer)],
      ),
    ),
  };
}

function responseOf({
  description,
  content,
  headers,
}: Answer): DocumentedAnswer {
  return {
    description,
    ...(headers && {
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, says]) => [
          name,
          { description: says, schema: { type: 'string' } },
        ]),
      ),
    }),
    ...(content && { content: contentOf(content) }),
  };
}

function contentOf(
  content: Readonly<Record<string, object>>,
): DocumentedContent {
  return Object.fromEntries(
    Object.entries(content).map(([type, schema]) => [
      type,
      { schema: schema as Schema },
    ]),
  );
}
