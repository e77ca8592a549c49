import { openApiDocument } from './document';
import { schemaHtml } from './schema-html';
import {
  count,
  flag,
  listOf,
  mapOf,
  object,
  orNull,
  ref,
  text,
} from './schemas/json-schema';
import type { Schema } from './schemas/json-schema';

const OBJECT = 'object <ul><li><code>a</code>: string</li></ul>';

it.each<[string, Schema, string]>([
  ['a text', text, 'string'],
  ['one that may be null', orNull(text), 'string or null'],
  [
    'bounds',
    { ...count, default: 7 },
    'integer, at least <code>0</code>, by default <code>7</code>',
  ],
  [
    'words that may be null',
    orNull({ enum: ['a', 'b'] }),
    'one of <code>a</code> <code>b</code> or null',
  ],
  ['a list', listOf(text), 'list of string'],
  ['a list that may be null', orNull(listOf(text)), 'null or list of string'],
  [
    'a list of what may be null',
    listOf(orNull(text)),
    'list of string or null',
  ],
  ['an object', object({ a: text }), OBJECT],
  [
    'an object that may be null',
    orNull(object({ a: text })),
    `null or ${OBJECT}`,
  ],
  [
    'a map',
    mapOf(count),
    'object, each value integer, at least <code>0</code>',
  ],
  [
    'a map that may be null',
    orNull(mapOf(flag)),
    'null or object, each value boolean',
  ],
  ['one of several', { anyOf: [text, flag] }, 'string or boolean'],
  [
    'a schema of components',
    orNull(ref('Event')),
    '<a href="#schema-Event">Event</a> or null',
  ],
  ['a stranger', { const: '<b>' }, '<code>&#60;b&#62;</code>'],
  ['what says nothing', {}, 'anything'],
])('says in words: %s', (_, schema, html) => {
  expect(schemaHtml(schema)).toBe(html);
});

it('has words for all that the description of the API says', () => {
  const saysNothing = ['description', 'default'];
  const unsaid = schemasIn(openApiDocument()).filter(
    (schema) =>
      schemaHtml(schema).startsWith('anything') &&
      Object.keys(schema).some((key) => !saysNothing.includes(key)),
  );
  expect(unsaid).toEqual([]);
});

/** All that stands where OpenAPI has a schema. */
function schemasIn(value: unknown, isSchema = false): Schema[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value))
    return value.flatMap((one) => schemasIn(one, isSchema));
  const below = Object.entries(value).flatMap(([key, one]) => {
    const isMap = ['properties', 'schemas'].includes(key);
    return isMap
      ? schemasIn(Object.values(one as object), true)
      : schemasIn(one, ['schema', 'items', 'anyOf', 'oneOf'].includes(key));
  });
  return isSchema ? [value as Schema, ...below] : below;
}
