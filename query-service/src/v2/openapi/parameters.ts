import { fieldNames, searchField } from 'audit-event/store';
import type { FieldName } from 'audit-event/store';

/** A parameter of a query as OpenAPI 3.1 describes it. */
export interface ParameterDescription {
  name: string;
  in: 'query' | 'path' | 'header';
  required?: boolean;
  description?: string;
  schema: object;
  explode?: boolean;
}

export const time = (name: string, description: string) =>
  parameter(
    name,
    { type: 'string', format: 'date-time', pattern: 'Z$' },
    description,
  );

export function parameter(
  name: string,
  schema: object,
  description?: string,
): ParameterDescription {
  return { name, in: 'query', schema, ...(description && { description }) };
}

/** What all searches take: made from the table of fields that checks them. */
export const filterParameters: readonly ParameterDescription[] = [
  time('start_time', 'First event_time, inclusive'),
  time('end_time', 'Last event_time, inclusive'),
  time('recorded_start_time', 'First recorded_at, inclusive'),
  time('recorded_end_time', 'Last recorded_at, inclusive'),
  ...fieldNames.flatMap((name) => [
    fieldParameter(name, name, 'Any of these'),
    fieldParameter(`${name}!`, name, 'None of these'),
  ]),
  wordList('has', fieldNames, 'Fields that must be there'),
  wordList('has!', fieldNames, 'Fields that must not be there'),
  parameter(
    'q',
    { type: 'string', maxLength: 256 },
    'Words or phrases in quotes, all of which must occur',
  ),
  {
    name: 'meta',
    in: 'query',
    description:
      'Given as meta.path=value, with the keys from the outside inwards and dots between them',
    schema: { type: 'object', additionalProperties: { type: 'string' } },
  },
];

function fieldParameter(
  name: string,
  field: FieldName,
  description: string,
): ParameterDescription {
  const kind = searchField(field);
  switch (kind.kind) {
    case 'word':
    case 'flags':
      return wordList(name, kind.words, description);
    case 'hex':
      return repeated(name, description, {
        type: 'string',
        pattern: `^[0-9A-Fa-f]{${kind.digits}}$`,
      });
    case 'integer':
      return repeated(name, `${description}; 10..20 for a range`, {
        type: 'string',
        pattern: String.raw`^-?\d+(\.\.-?\d+)?$`,
      });
    case 'uuid':
      return repeated(name, description, { type: 'string', maxLength: 256 });
    default:
      return repeated(name, `${description}; * at the end for a beginning`, {
        type: 'string',
      });
  }
}

function repeated(
  name: string,
  description: string,
  items: object,
): ParameterDescription {
  return {
    ...parameter(name, { type: 'array', items }, description),
    explode: true,
  };
}

export function wordList(
  name: string,
  words: readonly string[],
  description: string,
): ParameterDescription {
  const items = { type: 'string', enum: words };
  return {
    ...parameter(name, { type: 'array', items }, description),
    explode: false,
  };
}
