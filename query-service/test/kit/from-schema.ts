import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { hostileText } from './hostile';

interface Schema {
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  type?: string | string[];
  format?: string;
  minimum?: number;
  maximum?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
}

const TIMES = [
  '2026-01-31T23:59:59Z',
  '2100-01-01T00:00:00.000Z',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999999999Z',
];

/**
 * Values that fit a JSON Schema, or nearly: numbers at their bounds and beyond them, texts that break things, now and then something
 * else altogether.
 *
 * @param ids what a UUID may be
 */
export function fromSchema(
  schema: object,
  ids: readonly string[],
): Arbitrary<unknown> {
  return fc.oneof(
    { weight: 12, arbitrary: fitting(schema as Schema, ids) },
    { weight: 1, arbitrary: hostileText },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  );
}

function fitting(schema: Schema, ids: readonly string[]): Arbitrary<unknown> {
  const { enum: words, anyOf, type, items, properties } = schema;
  if (words) return fc.constantFrom(...words);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (anyOf) return fc.oneof(...anyOf.map((one) => fromSchema(one, ids)));
  if (Array.isArray(type))
    return fc.oneof(
      ...type.map((one) => fitting({ ...schema, type: one }, ids)),
    );
  if (items) return fc.array(fromSchema(items, ids), { maxLength: 3 });
  if (properties) return objectOf(schema, properties, ids);
  switch (type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return numbersAround(schema);
    case 'string':
      return textsOf(schema, ids);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function objectOf(
  { required = [] }: Schema,
  properties: Record<string, Schema>,
  ids: readonly string[],
): Arbitrary<unknown> {
  const fields = Object.fromEntries(
    Object.entries(properties).map(([name, one]) => [
      name,
      fromSchema(one, ids),
    ]),
  );
  return fc.oneof(
    { weight: 4, arbitrary: fc.record(fields, { requiredKeys: required }) },
    { weight: 1, arbitrary: fc.record(fields, { requiredKeys: [] }) },
  );
}

function numbersAround({
  minimum = 0,
  maximum = Number.MAX_SAFE_INTEGER,
}: Schema): Arbitrary<number> {
  return fc.oneof(
    fc.constantFrom(minimum, maximum, minimum - 1, maximum + 1, 0.5, -0),
    fc.integer({ min: minimum, max: Math.min(maximum, minimum + 1_000) }),
  );
}

function textsOf(
  { format }: Schema,
  ids: readonly string[],
): Arbitrary<string> {
  if (format === 'date-time')
    return fc.oneof(
      fc.constantFrom(...TIMES),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    );
  if (format === 'uuid') return fc.constantFrom(...ids);
  return fc.oneof(
    hostileText,
    fc.constantFrom('x', 'catalog', 'user:*', ...ids),
  );
}
