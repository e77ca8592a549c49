import { createHash } from 'node:crypto';
import { checkPayload, payloadRows } from '../kit/check-payload';
import { jsonRequestOf, nestedJsonList } from '../kit/otlp-json';
import { requestOfRecords } from '../kit/otlp-request';
import { bytes, field, nestedList } from '../kit/protobuf-bytes';
import { receiverOnPostgres } from '../kit/receiver-on-postgres';
import type { ReceiverOnPostgres } from '../kit/receiver-on-postgres';

let receiver: ReceiverOnPostgres;
beforeAll(async () => {
  receiver = await receiverOnPostgres();
});
afterAll(() => receiver.stop());

const bodies = (...values: object[]) =>
  requestOfRecords(
    ...values.map((body, i) => ({ body, timeUnixNano: `${i + 1}` })),
  );
const jsonBodies = (...values: string[]) =>
  jsonRequestOf(
    ...values.map((body, i) => `{"body":${body},"timeUnixNano":"${i + 1}"}`),
  );
const stored = (...values: unknown[]) =>
  values.map((body) => ({ otlp: body === null ? undefined : { body } }));
const int = (intValue: string) => ({ intValue });
const double = (doubleValue: number) => ({ doubleValue });
const nestedLists = (levels: number, inner = '') =>
  '['.repeat(levels) + inner + ']'.repeat(levels);
const attribute = (key: string, value: string) => ({
  key,
  value: { stringValue: value },
});
const sha256 = (whole: string) =>
  createHash('sha256').update(whole).digest('hex');

const name2000 = 'n'.repeat(2000);
const mib = 'm'.repeat(2 ** 20);

const cases = payloadRows({
  '38 int64 as "10", 10; timeUnixNano as bare number': {
    json: jsonRequestOf(
      '{"timeUnixNano":1768473000000000001,"body":{"arrayValue":{"values":[{"intValue":"10"},{"intValue":10},{"intValue":"-9223372036854775808"}]}}}',
    ),
    events: [
      {
        time: 1768473000000000001n,
        otlp: { body: [10, 10, '-9223372036854775808'] },
      },
    ],
  },
  '39 intValue 1e+300 and 9007199254740993': {
    json: jsonBodies(
      '{"intValue":1e+300}',
      '{"intValue":9007199254740993}',
      '{"intValue":"9007199254740993"}',
    ),
    events: stored(1e300, '9007199254740993', '9007199254740993'),
  },
  '39 int64 at the edges': {
    request: bodies(
      int('9007199254740991'),
      int('9007199254740992'),
      int('-9007199254740993'),
      int('9223372036854775807'),
      int('-9223372036854775808'),
    ),
    events: stored(
      9007199254740991,
      '9007199254740992',
      '-9007199254740993',
      '9223372036854775807',
      '-9223372036854775808',
    ),
  },
  '40 doubleValue null, "NaN", "Infinity", "-Infinity"': {
    json: jsonBodies(
      '{"doubleValue":null}',
      '{"doubleValue":"NaN"}',
      '{"doubleValue":"Infinity"}',
      '{"doubleValue":"-Infinity"}',
    ),
    events: stored(
      null,
      { $double: 'NaN' },
      { $double: 'Infinity' },
      { $double: '-Infinity' },
    ),
  },
  '40 doubles that JSON cannot say': {
    request: bodies(
      double(NaN),
      double(Infinity),
      double(-Infinity),
      double(-0),
      double(1.7976931348623157e308),
      double(5e-324),
    ),
    events: stored(
      { $double: 'NaN' },
      { $double: 'Infinity' },
      { $double: '-Infinity' },
      { $double: '-0' },
      1.7976931348623157e308,
      5e-324,
    ),
  },
  '41 an empty AnyValue is null, an empty kvlist an empty object': {
    request: requestOfRecords({
      body: {},
      attributes: [
        { key: 'a', value: {} },
        { key: 'b' },
        { key: 'c', value: { kvlistValue: {} } },
        { key: 'd', value: { arrayValue: {} } },
      ],
    }),
    events: [{ otlp: undefined, meta: { a: null, b: null, c: {}, d: [] } }],
  },
  '47 a body of every kind': {
    request: bodies(
      { stringValue: 'grüße 👋' },
      { stringValue: '' },
      { boolValue: false },
      int('0'),
      double(1.5),
      { bytesValue: Buffer.from([0, 255]) },
      { arrayValue: { values: [{ boolValue: true }, {}] } },
      { kvlistValue: { values: [attribute('k', 'v')] } },
    ),
    events: stored(
      'grüße 👋',
      '',
      false,
      0,
      1.5,
      { $bytes: 'AP8=' },
      [true, null],
      { k: 'v' },
    ),
  },
  '47 a body 64 levels deep; 65 and 100 are quarantined, protobuf': {
    protobuf: field(
      1,
      field(
        2,
        ...[64, 65, 100].map((levels) =>
          field(2, field(5, nestedList(levels))),
        ),
      ),
    ),
    events: stored(JSON.parse(nestedLists(64, '"x"'))),
    quarantined: ['too-deep', 'too-deep'],
  },
  '47 the same in JSON': {
    json: jsonBodies(...[64, 65, 100].map(nestedJsonList)),
    events: stored(JSON.parse(nestedLists(64))),
    quarantined: ['too-deep', 'too-deep'],
  },
  '48 duplicate attribute keys: the last wins, all are kept, flagged': {
    request: requestOfRecords({
      attributes: [
        attribute('audit.actor.id', 'a'),
        attribute('color', 'red'),
        attribute('audit.actor.id', 'b'),
        attribute('color', 'blue'),
      ],
    }),
    events: [
      {
        actor: { id: 'b' },
        flags: ['time-missing', 'sanitized'],
        otlp: {
          attributes: {
            color: 'blue',
            $dup: { 'audit.actor.id': ['a'], color: ['red'] },
          },
        },
      },
    ],
  },
  '49 U+0000 is replaced, flagged, neighbours as they are': {
    request: requestOfRecords(
      { eventName: 'a' },
      { eventName: 'a\0b', attributes: [attribute('k\0', 'v\0')] },
      { eventName: 'c' },
    ),
    events: [
      { eventId: 'a', flags: ['time-missing'] },
      {
        eventId: 'a\u2400b',
        meta: { 'k\u2400': 'v\u2400' },
        flags: ['time-missing', 'sanitized'],
      },
      { eventId: 'c', flags: ['time-missing'] },
    ],
  },
  '49 a lone surrogate is replaced, flagged': {
    json: jsonRequestOf(
      '{"timeUnixNano":"1","eventName":"a\\ud800b"}',
      '{"timeUnixNano":"1","eventName":"c"}',
    ),
    events: [
      { eventId: 'a\uFFFDb', flags: ['sanitized'] },
      { eventId: 'c', flags: undefined },
    ],
  },
  '49 invalid UTF-8: that record alone is quarantined': {
    protobuf: field(
      1,
      field(
        2,
        field(2, field(12, 'a')),
        field(2, field(12, bytes(0x61, 0xff))),
        field(2, field(12, 'c')),
      ),
    ),
    events: [{ eventId: 'a' }, { eventId: 'c' }],
    quarantined: ['invalid-utf8'],
  },
  '50 event_name over 256 characters': {
    request: requestOfRecords(
      { eventName: 'n'.repeat(300) },
      { eventName: name2000 },
    ),
    events: [
      { eventId: 'n'.repeat(300), flags: ['time-missing'] },
      {
        eventId: 'n'.repeat(1024),
        flags: ['time-missing', 'truncated'],
        otlp: { attributes: { 'audit.event.id': name2000 } },
      },
    ],
  },
  '50 an attribute of 1 MiB': {
    request: requestOfRecords({
      timeUnixNano: '1',
      attributes: [attribute('big', mib), attribute('audit.actor.id', mib)],
    }),
    events: [
      {
        actor: { id: 'm'.repeat(1024) },
        flags: ['truncated'],
        otlp: {
          attributes: Object.fromEntries(
            ['big', 'audit.actor.id'].map((key) => [
              key,
              {
                $truncated: {
                  text: 'm'.repeat(65536),
                  bytes: 2 ** 20,
                  sha256: sha256(mib),
                },
              },
            ]),
          ),
        },
      },
    ],
  },
});

describe('OTLP values', () => {
  it.each(cases)('%s (%s)', async (_, encoding, request, expected) => {
    await checkPayload(receiver, encoding, request, expected);
  });
});
