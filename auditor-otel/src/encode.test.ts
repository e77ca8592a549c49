import { attribute, toLogRecord } from 'audit-event';
import type {
  AuditEvent,
  EventSource,
  JsonValue,
  LogRecord,
} from 'audit-event';
import fc from 'fast-check';
import { auditEvent } from '../../test/src/arbitrary-audit-event';
import { jsonEncoding } from './encode-json';
import { protobufEncoding } from './encode-protobuf';
import { decodeRequest, encodeMessage } from './otlp-oracle.test.helper';

const source: EventSource = {
  resource: { 'service.name': 'shop', 'process.pid': 7 },
  scopeName: 'auditor-otel',
  scopeVersion: '0.1.0',
};

const text = fc.string({ unit: 'grapheme' });
const tagged = fc.constantFrom<JsonValue>(
  { $double: 'NaN' },
  { $double: '-Infinity' },
  { $double: '-0' },
  { $bytes: 'AAEC' },
);
const number = fc
  .oneof(
    fc.integer(),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  )
  .filter((value) => !Object.is(value, -0));
const { value: jsonValue } = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    text,
    number,
    fc.boolean(),
    fc.constant(null),
    tagged,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(text, tie('value'), { maxKeys: 4, noNullPrototype: false }),
  ),
}));
const hex = (bytes: number) =>
  fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .map((id) => Buffer.from(id).toString('hex'));
const logRecord: fc.Arbitrary<LogRecord> = fc.record({
  timeUnixNano: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  observedTimeUnixNano: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  severityNumber: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  severityText: text,
  body: jsonValue,
  attributes: fc.dictionary(text, jsonValue),
  droppedAttributesCount: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  flags: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  traceId: fc.oneof(fc.constant(''), hex(16)),
  spanId: fc.oneof(fc.constant(''), hex(8)),
  eventName: text,
});

/** Attributes of a record's own that may stand in place of those of the event. */
const otlpRest = fc.record(
  {
    body: jsonValue,
    eventName: text,
    severityText: text,
    attributes: fc.dictionary(
      fc.oneof(text, fc.constantFrom(...Object.values(attribute))),
      jsonValue,
    ),
    traceFlags: fc.nat(255),
    droppedAttributesCount: fc.nat(),
  },
  { requiredKeys: [] },
);
const event: fc.Arbitrary<AuditEvent> = fc
  .record({
    event: auditEvent,
    observedTime: fc.option(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), {
      nil: undefined,
    }),
    otlp: fc.option(otlpRest, { nil: undefined }),
  })
  .map(({ event, ...more }) => ({ ...event, ...more }));

describe.each([
  ['protobuf', protobufEncoding()],
  ['json', jsonEncoding()],
])('the %s encoding', (_, encoding) => {
  const decode = (body: Uint8Array) =>
    decodeRequest(body, encoding.contentType);

  it('writes records that another decoder reads as they were', () => {
    fc.assert(
      fc.property(fc.array(logRecord, { maxLength: 3 }), (records) => {
        const frames = records.map((record) => encoding.encodeRecord(record));
        const decoded = decode(encoding.encodeRequest(source, frames));
        expect(decoded.records).toEqual(records);
        expect(decoded.resource).toEqual(source.resource);
        expect(decoded.scope).toEqual({
          name: 'auditor-otel',
          version: '0.1.0',
        });
      }),
      { numRuns: 200 },
    );
  });

  it('writes an event as the record that toLogRecord makes of it, byte for byte', () => {
    fc.assert(
      fc.property(event, (value) => {
        const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
        expect(hex(encoding.encodeEvent(value))).toBe(
          hex(encoding.encodeRecord(toLogRecord(value))),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('writes integers that are exact in 64 bits as integers, others as doubles', () => {
    const numbers = [0, -1, 127, 128, 2 ** 53 - 1, -(2 ** 53) + 1, 1e300, 0.5];
    const record = aRecord({ attributes: { numbers } });
    const [decoded] = decode(
      encoding.encodeRequest(source, [encoding.encodeRecord(record)]),
    ).records;
    expect(decoded?.attributes['numbers']).toEqual(numbers);
  });

  it('keeps the sign of zero', () => {
    const record = aRecord({ attributes: { zero: -0 } });
    const [decoded] = decode(
      encoding.encodeRequest(source, [encoding.encodeRecord(record)]),
    ).records;
    expect(decoded?.attributes['zero']).toEqual({ $double: '-0' });
  });

  it('takes an object that only looks like a tag as an object', () => {
    const attributes = {
      a: { $double: 'many' },
      b: { $double: 'NaN', more: 1 },
      c: { $bytes: 'no base64' },
    };
    const record = aRecord({ attributes });
    const [decoded] = decode(
      encoding.encodeRequest(source, [encoding.encodeRecord(record)]),
    ).records;
    expect(decoded?.attributes).toEqual(attributes);
  });

  it('gives the same bytes each time', () => {
    const record = aRecord({ body: 'x' });
    const first = encoding.encodeRecord(record);
    encoding.encodeRecord(aRecord({ body: 'y'.repeat(100_000) }));
    expect(encoding.encodeRecord(record)).toEqual(first);
  });

  it('says nothing about an answer that it cannot read', () => {
    const garbage = Buffer.from('\u00ff<html>502</html>', 'latin1');
    expect(encoding.decodeAnswer(garbage)).toBeUndefined();
    expect(encoding.decodeAnswer(new Uint8Array())).toBeUndefined();
    expect(encoding.decodeError(garbage)).toBe('');
  });
});

it('reads answers in protobuf', () => {
  const encoding = protobufEncoding();
  const partialSuccess = { rejectedLogRecords: 300, errorMessage: 'too old' };
  const answer = encodeMessage('ExportLogsServiceResponse', { partialSuccess });
  const status = encodeMessage('Status', { code: 3, message: 'bad field' });
  expect(encoding.decodeAnswer(answer)).toEqual({
    rejected: 300,
    message: 'too old',
  });
  expect(encoding.decodeError(status)).toBe('bad field');
});

it('reads answers in JSON', () => {
  const encoding = jsonEncoding();
  const answer =
    '{"partialSuccess":{"rejectedLogRecords":"300","errorMessage":"too old"}}';
  expect(encoding.decodeAnswer(Buffer.from(answer))).toEqual({
    rejected: 300,
    message: 'too old',
  });
  expect(encoding.decodeAnswer(Buffer.from('{}'))).toBeUndefined();
  expect(encoding.decodeError(Buffer.from('{"code":3,"message":"bad"}'))).toBe(
    'bad',
  );
});

it('reads any bytes as an answer without throwing', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      for (const encoding of [protobufEncoding(), jsonEncoding()]) {
        encoding.decodeAnswer(bytes);
        encoding.decodeError(bytes);
      }
    }),
  );
});

function aRecord(fields: Partial<LogRecord>): LogRecord {
  return {
    timeUnixNano: 1n,
    observedTimeUnixNano: 1n,
    severityNumber: 9,
    severityText: 'low',
    body: null,
    attributes: {},
    droppedAttributesCount: 0,
    flags: 0,
    traceId: '',
    spanId: '',
    eventName: 'a.b',
    ...fields,
  };
}
