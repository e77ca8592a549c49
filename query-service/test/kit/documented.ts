import Ajv2020 from 'ajv/dist/2020';
import type { OpenApiDocument } from '../../src/v2/openapi/openapi-document';
import type { Answer, TestService } from '../service';

/** An answer as far as the document has a word on it. */
export type Answered = Pick<Answer, 'status' | 'headers' | 'text'>;

/** The document that a service shows, and what it says of answers. */
export interface Documented {
  document: OpenApiDocument;
  /** What is wrong with the answer to a request by the document, undefined when nothing is. */
  problemWith(
    path: string,
    method: string,
    answer: Answered,
  ): string | undefined;
}

/** Reads the document. Its schemas are taken at their word: a field that they do not have is a fault too. */
export async function readDocument(service: TestService): Promise<Documented> {
  const { body } = await service.request('/api/audit-log/v2/openapi.json');
  const document = body as OpenApiDocument;
  const ajv = new Ajv2020({
    strictTypes: false,
    allErrors: false,
    formats: {
      uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
      'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
    },
    keywords: ['components'],
  });
  ajv.addSchema({ components: closed(document.components) }, 'document');
  const validators = new Map<string, ReturnType<typeof ajv.compile>>();
  const validatorOf = (schema: object) => {
    const text = JSON.stringify(closed(schema)).replaceAll(
      '"#/',
      '"document#/',
    );
    const known = validators.get(text) ?? ajv.compile(JSON.parse(text));
    validators.set(text, known);
    return known;
  };

  function problemWith(
    path: string,
    method: string,
    { status, headers, text }: Answered,
  ): string | undefined {
    const methods = document.paths[path] ?? {};
    const operation = methods[method === 'HEAD' ? 'get' : method.toLowerCase()];
    if (!operation) {
      const allowed = Object.keys(methods).map((one) => one.toUpperCase());
      const wanted = allowed.flatMap((one) =>
        one === 'GET' ? ['GET', 'HEAD'] : [one],
      );
      const isRefused =
        status === 405 &&
        headers.get('allow')?.split(', ').toSorted().join() ===
          wanted.toSorted().join();
      return isRefused
        ? undefined
        : `expected 405 with Allow, got ${status} with ${headers.get('allow')}`;
    }
    const answer = operation.responses[status];
    if (!answer) return `the status ${status} is not documented`;
    const type = headers.get('content-type')?.split(';')[0];
    if (!answer.content)
      return text === '' ? undefined : `expected no body, got ${text}`;
    const schema = answer.content[type ?? '']?.schema;
    if (!schema) return `the media type ${type} is not documented`;
    if (method === 'HEAD')
      return text === '' ? undefined : `expected no body, got ${text}`;
    const validate = validatorOf(schema);
    const value = type === 'application/json' ? JSON.parse(text) : text;
    if (validate(value)) return undefined;
    return `${ajv.errorsText(validate.errors)} in ${text.slice(0, 1_000)}`;
  }

  return { document, problemWith };
}

/** A schema that allows no properties but those that it has. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, closed(value)]),
  );
  const isOpen = 'properties' in inner && inner['type'] === 'object';
  return isOpen ? { additionalProperties: false, ...inner } : inner;
}
