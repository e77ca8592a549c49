import fc from 'fast-check';

/** Requests as protobufjs takes them: every kind of value, absent and repeated parts, hostile keys and text. */

const text = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.constantFrom('', 'a\0b', '\uFFFD', '\uFEFFbom', '\u00e9'.repeat(40)),
);
const key = fc.oneof(
  fc.constantFrom('a', 'b', '__proto__', 'constructor', 'service.name'),
  text.filter((name) => name !== '$dup'),
);
const bytes = (maxLength: number) =>
  fc.uint8Array({ maxLength }).map((array) => Buffer.from(array));
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const smallInt = fc.integer().map(BigInt);
const edgeInt = fc.constantFrom(
  2n ** 53n,
  2n ** 53n - 1n,
  -(2n ** 53n),
  -(2n ** 63n),
  -1n,
  0n,
);
const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const optional = (fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record(fields, { requiredKeys: [] });

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'any-value' },
    fc.record({ stringValue: text }),
    fc.record({ boolValue: fc.boolean() }),
    fc.record({
      intValue: fc.oneof(int64, smallInt, edgeInt).map((n) => n.toString()),
    }),
    fc.record({ doubleValue: fc.double() }),
    fc.record({ bytesValue: bytes(8) }),
    fc.constant({}),
    fc.record({
      arrayValue: fc.record({
        values: fc.array(tie('value'), { maxLength: 3 }),
      }),
    }),
    fc.record({ kvlistValue: fc.record({ values: tie('entries') }) }),
  ),
  entries: fc.array(optional({ key, value: tie('value') }), { maxLength: 3 }),
}));
const attributes = fc.array(optional({ key, value }), { maxLength: 5 });

const logRecord = optional({
  timeUnixNano: uint64.map(String),
  observedTimeUnixNano: uint64.map(String),
  severityNumber: fc.oneof(fc.integer({ min: 0, max: 25 }), fc.integer()),
  severityText: text,
  body: value,
  attributes,
  droppedAttributesCount: fc.nat(),
  flags: fc.nat(),
  traceId: fc.oneof(
    bytes(20),
    fc.constant(Buffer.alloc(16)),
    fc
      .uint8Array({ minLength: 16, maxLength: 16 })
      .map((array) => Buffer.from(array)),
  ),
  spanId: fc.oneof(
    bytes(10),
    fc.constant(Buffer.alloc(8)),
    fc
      .uint8Array({ minLength: 8, maxLength: 8 })
      .map((array) => Buffer.from(array)),
  ),
  eventName: text,
});

export const arbitraryRequest = fc.record({
  resourceLogs: fc.array(
    optional({
      resource: optional({ attributes }),
      scopeLogs: fc.array(
        optional({
          scope: optional({ name: text, version: text, attributes }),
          logRecords: fc.array(logRecord, { maxLength: 3 }),
          schemaUrl: text,
        }),
        { minLength: 1, maxLength: 2 },
      ),
      schemaUrl: text,
    }),
    { minLength: 1, maxLength: 2 },
  ),
});
