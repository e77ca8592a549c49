import { escapeHtml } from '../../http/escape-html';
import type { Schema } from './schemas/json-schema';

/** What each bound of a value is called. */
const BOUNDS: Readonly<Record<string, string>> = {
  format: 'format',
  pattern: 'pattern',
  minimum: 'at least',
  maximum: 'at most',
  minLength: 'length at least',
  maxLength: 'length at most',
  minItems: 'items at least',
  maxItems: 'items at most',
  contentEncoding: 'in',
  default: 'by default',
};

/** A JSON Schema in words for people; schemas of `components` are links. */
export function schemaHtml(schema: Schema): string {
  const description = schema['description'];
  return [
    kindHtml(schema),
    ...Object.entries(BOUNDS)
      .filter(([key]) => schema[key] !== undefined)
      .map(([key, name]) => `${name} ${code(schema[key])}`),
    ...(typeof description === 'string' ? [escapeHtml(description)] : []),
  ].join(', ');
}

function kindHtml(schema: Schema): string {
  const { $ref, enum: words, const: value, type, items, properties } = schema;
  const either = schema['anyOf'];
  const { additionalProperties: values } = schema;
  if (typeof $ref === 'string') {
    const name = $ref.split('/').at(-1)!;
    return `<a href="#schema-${escapeHtml(name)}">${escapeHtml(name)}</a>`;
  }
  if (Array.isArray(words)) return `one of ${words.map(code).join(' ')}`;
  if (value !== undefined) return code(value);
  if (Array.isArray(either))
    return either.map((one) => schemaHtml(one as Schema)).join(' or ');
  // In front: behind, it would pass for a part of what is in the list or the object.
  const orNull = Array.isArray(type) && type.includes('null') ? 'null or ' : '';
  if (isSchema(items)) return `${orNull}list of ${schemaHtml(items)}`;
  if (isSchema(properties)) return orNull + propertiesHtml(schema, properties);
  if (isSchema(values))
    return `${orNull}object, each value ${schemaHtml(values)}`;
  if (Array.isArray(type)) return type.map(String).join(' or ');
  return typeof type === 'string' ? type : 'anything';
}

function propertiesHtml(schema: Schema, properties: Schema): string {
  const required = (schema['required'] ?? []) as readonly string[];
  const rows = Object.entries(properties).map(
    ([name, one]) =>
      `<li><code>${escapeHtml(name)}</code>${required.includes(name) ? '' : ' (may be absent)'}: ${schemaHtml(one as Schema)}</li>`,
  );
  return `object <ul>${rows.join('')}</ul>`;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function code(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `<code>${escapeHtml(text)}</code>`;
}
