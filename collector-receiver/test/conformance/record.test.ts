import { checkPayload, payloadRows } from '../kit/check-payload';
import { jsonRequestOf } from '../kit/otlp-json';
import { requestOfRecords } from '../kit/otlp-request';
import { bytes, field, fixed64, text } from '../kit/protobuf-bytes';
import { receiverOnPostgres } from '../kit/receiver-on-postgres';
import type { ReceiverOnPostgres } from '../kit/receiver-on-postgres';

let receiver: ReceiverOnPostgres;
beforeAll(async () => {
  receiver = await receiverOnPostgres();
});
afterAll(() => receiver.stop());

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';
const hex = (digits: string) => Buffer.from(digits, 'hex');
/** Unknown fields of all wire types. */
const unknown = Buffer.concat([
  bytes(0xa0, 6, 1),
  bytes(0xa1, 6, 0, 0, 0, 0, 0, 0, 0, 0),
  field(100, 'new'),
  bytes(0xa5, 6, 0, 0, 0, 0),
]);
const keyValue = (number: number, key: string, value: string) =>
  field(number, field(1, key), field(2, text(value)));
/** A message with its length in four bytes, as .NET writes it. */
const padded = (number: number, ...content: Uint8Array[]) => {
  const { length } = Buffer.concat(content);
  const size = [
    (length & 0x7f) | 0x80,
    ((length >> 7) & 0x7f) | 0x80,
    ((length >> 14) & 0x7f) | 0x80,
    length >> 21,
  ];
  return Buffer.concat([bytes((number << 3) | 2, ...size), ...content]);
};
const uid = '01980f5e-7c1a-7b3e-9d52-5f0a6b1c2d3e';
const uidAttribute = { key: 'log.record.uid', value: { stringValue: uid } };
const ofShop = { source: { resource: { 'service.name': 'shop' } } };
const severities = [undefined, 0, 25, -1].map((severityNumber, i) => ({
  ...(severityNumber !== undefined && { severityNumber }),
  eventName: `severity-${i}`,
}));

const cases = payloadRows({
  '34 unknown fields at every level, protobuf': {
    protobuf: Buffer.concat([
      unknown,
      field(
        1,
        unknown,
        field(
          1,
          unknown,
          field(
            1,
            unknown,
            field(1, 'service.name'),
            field(2, unknown, text('shop')),
          ),
        ),
        field(
          2,
          unknown,
          field(1, unknown, field(1, 'lib')),
          field(
            2,
            unknown,
            field(12, 'sold'),
            field(
              5,
              field(
                5,
                unknown,
                field(1, field(6, unknown, keyValue(1, 'k', 'v'))),
              ),
            ),
          ),
        ),
      ),
    ]),
    events: [
      {
        pluginId: 'shop',
        eventId: 'sold',
        otlp: { body: [{ k: 'v' }] },
        source: { scopeName: 'lib' },
      },
    ],
  },
  '34 unknown keys at every level, schemaUrl inside resource, JSON': {
    json: '{"new":[1],"resourceLogs":[{"new":{"a":[]},"resource":{"schemaUrl":"x","new":1,"attributes":[{"new":{},"key":"service.name","value":{"new":1,"stringValue":"shop"}}]},"scopeLogs":[{"new":null,"scope":{"new":"","name":"lib"},"logRecords":[{"new":{"new":[]},"eventName":"sold","body":{"arrayValue":{"new":1,"values":[{"kvlistValue":{"new":1,"values":[{"key":"k","value":{"stringValue":"v"}}]}}]}}}]}]}]}',
    events: [
      {
        pluginId: 'shop',
        eventId: 'sold',
        otlp: { body: [{ k: 'v' }] },
        source: { scopeName: 'lib' },
      },
    ],
  },
  '35 padded varint lengths': {
    protobuf: padded(
      1,
      padded(
        2,
        padded(
          2,
          padded(12, Buffer.from('sold')),
          padded(5, padded(1, Buffer.from('hi'))),
        ),
      ),
    ),
    events: [{ eventId: 'sold', otlp: { body: 'hi' } }],
  },
  '36 fields out of order, repeated interleaved: last scalar wins, messages merge':
    {
      protobuf: field(
        1,
        field(1, keyValue(1, 'a', '1')),
        field(
          2,
          field(
            2,
            field(12, 'first'),
            keyValue(6, 'x', '1'),
            field(5, field(6, keyValue(1, 'm', '1'))),
            field(12, 'sold'),
            keyValue(6, 'y', '2'),
            field(5, field(6, keyValue(1, 'n', '2'))),
            fixed64(1, 7n),
          ),
          field(1, field(2, '1.0')),
          field(1, field(1, 'lib')),
        ),
        field(1, keyValue(1, 'service.name', 'shop')),
      ),
      events: [
        {
          time: 7n,
          eventId: 'sold',
          pluginId: 'shop',
          meta: { x: '1', y: '2' },
          otlp: { body: { m: '1', n: '2' } },
          source: {
            resource: { a: '1', 'service.name': 'shop' },
            scopeName: 'lib',
            scopeVersion: '1.0',
          },
        },
      ],
    },
  '36 members out of order, the last of two wins': {
    json: '{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"eventName":"first","attributes":[],"timeUnixNano":"7","eventName":"sold"}],"scope":{"version":"1.0","name":"lib"}}],"resource":{"attributes":[{"value":{"stringValue":"shop"},"key":"service.name"}]}}]}',
    events: [{ time: 7n, eventId: 'sold', ...ofShop, pluginId: 'shop' }],
  },
  '37 resource and scope after the records, protobuf': {
    protobuf: field(
      1,
      field(2, field(2, field(12, 'sold')), field(1, field(1, 'lib'))),
      field(1, keyValue(1, 'service.name', 'shop')),
    ),
    events: [{ pluginId: 'shop', source: { scopeName: 'lib' } }],
  },
  '37 resource and scope after the records, JSON': {
    json: '{"resourceLogs":[{"scopeLogs":[{"logRecords":[{}],"scope":{"name":"lib"}}],"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]}}]}',
    events: [{ pluginId: 'shop', source: { scopeName: 'lib' } }],
  },
  '37 resource and scope absent': {
    request: requestOfRecords({ eventName: 'sold' }),
    events: [
      {
        pluginId: 'unknown',
        eventId: 'sold',
        source: { resource: {}, scopeName: undefined },
      },
    ],
  },
  '42 an enum by name, keys in snake_case': {
    json: '{"resource_logs":[{"scope_logs":[{"log_records":[{"severity_number":"SEVERITY_NUMBER_WARN2","severity_text":"WARN","event_name":"sold","time_unix_nano":"7","trace_id":"0af7651916cd43dd8448eb211c80319c","body":{"string_value":"hi"}}]}]}]}',
    events: [
      {
        severityNumber: 14,
        severityLevel: 'medium',
        eventId: 'sold',
        time: 7n,
        traceId: TRACE,
        otlp: { body: 'hi', severityText: 'WARN' },
      },
    ],
  },
  '43 severityNumber absent, 0, 25, -1': {
    request: requestOfRecords(...severities),
    events: [
      { severityNumber: 0, severityLevel: 'low', status: 'succeeded' },
      { severityNumber: 0, severityLevel: 'low' },
      { severityNumber: 25, severityLevel: 'critical' },
      { severityNumber: -1, severityLevel: 'low' },
    ],
  },
  '44 trace ids: wrong length, empty, all zero are none': {
    request: requestOfRecords(
      { eventName: 'a', traceId: hex(TRACE), spanId: hex(SPAN) },
      { eventName: 'b', traceId: hex(SPAN), spanId: hex(TRACE) },
      { eventName: 'c', traceId: hex(''), spanId: hex('') },
      { eventName: 'd', traceId: Buffer.alloc(16), spanId: Buffer.alloc(8) },
    ),
    events: [
      { traceId: TRACE, spanId: SPAN },
      ...Array<object>(3).fill({ traceId: undefined, spanId: undefined }),
    ],
  },
  '44 ids in upper case': {
    json: jsonRequestOf(
      `{"traceId":"${TRACE.toUpperCase()}","spanId":"${SPAN.toUpperCase()}"}`,
    ),
    events: [{ traceId: TRACE, spanId: SPAN }],
  },
  '45 time 0: the observed time': {
    request: requestOfRecords({ observedTimeUnixNano: '1768473000000000001' }),
    events: [{ time: 1768473000000000001n, flags: undefined }],
  },
  '45 both times 0: the time in a UUIDv7, flagged': {
    request: requestOfRecords({ attributes: [uidAttribute] }),
    events: [{ id: uid, time: 1752604507162000000n, flags: ['time-missing'] }],
  },
  '45 both times 0 and no such id: 1970, flagged': {
    request: requestOfRecords({}),
    events: [{ time: 0n, flags: ['time-missing'] }],
  },
  '46 nanoseconds above 2^53 are kept': {
    request: requestOfRecords(
      { timeUnixNano: '1768473000123456789' },
      { timeUnixNano: '18446744073709551615' },
    ),
    events: [{ time: 1768473000123456789n }, { time: 2n ** 64n - 1n }],
  },
  '51 high flag bits are masked, dropped_attributes_count is kept': {
    request: requestOfRecords({ flags: 0xffffff01, droppedAttributesCount: 3 }),
    events: [{ otlp: { traceFlags: 1, droppedAttributesCount: 3 } }],
  },
  '52 string table indexes are absent': {
    request: requestOfRecords({
      body: { stringValueStrindex: 3 },
      attributes: [{ keyStrindex: 4, value: { stringValue: 'x' } }],
      eventName: 'sold',
    }),
    events: [{ eventId: 'sold', otlp: undefined, meta: { '': 'x' } }],
  },
});

describe('OTLP records', () => {
  it.each(cases)('%s (%s)', async (_, encoding, request, expected) => {
    const before = Date.now();
    const { events } = await checkPayload(
      receiver,
      encoding,
      request,
      expected,
    );
    for (const { recordedAt } of events)
      expect(recordedAt.getTime()).toBeGreaterThanOrEqual(before);
  });
});
