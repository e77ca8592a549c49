import { uuidFromName } from 'audit-event';
import { cut, original } from './cut';
import { nestedJsonList } from './otlp-json';
import type { EncodingName } from './otlp-request';
import { bytes, field, fixed64, nestedList, text } from './protobuf-bytes';

const time = bytes(0x09, 2, 0, 0, 0, 0, 0, 0, 0);
const attribute = (key: string | Uint8Array, value: string | Uint8Array) =>
  field(6, field(1, key), field(2, text(value)));
const json = (fields: string) => `{"timeUnixNano":"2",${fields}}`;
const jsonAttribute = (key: string, value: string) =>
  json(`"attributes":[{"key":${key},"value":{"stringValue":${value}}}]`);
const double = (value: number) => {
  const out = Buffer.alloc(9, 0x21);
  out.writeDoubleLE(value, 1);
  return field(5, out);
};
const int64 = (...octets: number[]) => field(5, bytes(0x18, ...octets));
const a = (count: number) => 'a'.repeat(count);
/** 1 MiB of them in base64. */
const ZEROES = Buffer.alloc(2 ** 20).toString('base64');
const sanitized = { flags: ['sanitized'] };
const truncated = { flags: ['truncated'] };

/** A record, and the event it becomes or the reason why it is in quarantine. */
export type Poison = [
  string,
  EncodingName,
  Uint8Array | string,
  object | string,
];

const both = (
  name: string,
  protobuf: Uint8Array[],
  inJson: string,
  expected: object | string,
): Poison[] => [
  [name, 'protobuf', Buffer.concat([time, ...protobuf]), expected],
  [name, 'json', inJson, expected],
];
const id = (key: string, value: string, expected: object) =>
  both(
    `P9 ${key} of ${value.length} bytes`,
    [attribute('audit.event.id', 'x'), attribute(key, value)],
    json(
      `"attributes":[{"key":"audit.event.id","value":{"stringValue":"x"}},{"key":"${key}","value":{"stringValue":"${value}"}}]`,
    ),
    expected,
  );
const depth = (levels: number) =>
  both(
    `P8 ${levels} levels deep`,
    [field(5, nestedList(levels))],
    json(`"body":${nestedJsonList(levels)}`),
    levels <= 64 ? {} : 'too-deep',
  );
const sized = (key: string, length: number, expected: object) =>
  both(
    `P9 ${key} of ${length} bytes`,
    [attribute(key, a(length))],
    jsonAttribute(`"${key}"`, `"${a(length)}"`),
    expected,
  );

/** Every row of poison that sits in one record. */
export const poisonedRecords: Poison[] = [
  ...both(
    'P1 U+0000 in an indexed text',
    [field(12, 'a\0b')],
    json('"eventName":"a\\u0000b"'),
    { eventId: 'a\u2400b', ...sanitized },
  ),
  ...both(
    'P1 U+0000 in a jsonb key',
    [attribute('k\0', 'v')],
    jsonAttribute('"k\\u0000"', '"v"'),
    { meta: { 'k\u2400': 'v' }, ...sanitized },
  ),
  ...both(
    'P1 U+0000 in a jsonb value',
    [attribute('k', '\0')],
    jsonAttribute('"k"', '"\\u0000"'),
    { meta: { k: '\u2400' }, ...sanitized },
  ),
  [
    'P2 invalid UTF-8 in a value',
    'protobuf',
    attribute('k', bytes(0xff)),
    'invalid-utf8',
  ],
  [
    'P2 invalid UTF-8 in a key',
    'protobuf',
    attribute(bytes(0xc0, 0x80), 'v'),
    'invalid-utf8',
  ],
  [
    'P3 lone surrogate',
    'json',
    jsonAttribute('"k"', '"\\ud800"'),
    { meta: { k: '\uFFFD' }, ...sanitized },
  ],
  [
    'P3 lone surrogate in a key',
    'json',
    jsonAttribute('"\\udc00"', '"v"'),
    { meta: { '\uFFFD': 'v' }, ...sanitized },
  ],
  [
    'P3 lone surrogate, encoded',
    'protobuf',
    attribute('k', bytes(0xed, 0xa0, 0x80)),
    'invalid-utf8',
  ],
  ...both('P4 NaN', [double(NaN)], json('"body":{"doubleValue":"NaN"}'), {
    otlp: { body: { $double: 'NaN' } },
  }),
  ...both(
    'P4 -Infinity',
    [double(-Infinity)],
    json('"body":{"doubleValue":"-Infinity"}'),
    { otlp: { body: { $double: '-Infinity' } } },
  ),
  ...both('P4 -0', [double(-0)], json('"body":{"doubleValue":-0}'), {
    otlp: { body: { $double: '-0' } },
  }),
  [
    'P4 1e400',
    'json',
    json('"body":{"doubleValue":1e400}'),
    { otlp: { body: { $double: 'Infinity' } } },
  ],
  [
    'P4 1e200000',
    'json',
    json('"body":{"intValue":1e200000}'),
    { otlp: { body: { $double: 'Infinity' } } },
  ],
  ...both(
    'P5 2^63 - 1',
    [int64(255, 255, 255, 255, 255, 255, 255, 255, 127)],
    json('"body":{"intValue":9223372036854775807}'),
    { otlp: { body: '9223372036854775807' } },
  ),
  ...both(
    'P5 -2^63',
    [int64(128, 128, 128, 128, 128, 128, 128, 128, 128, 1)],
    json('"body":{"intValue":-9223372036854775808}'),
    { otlp: { body: '-9223372036854775808' } },
  ),
  [
    'P5 2^63',
    'json',
    json('"body":{"intValue":9223372036854775808}'),
    { otlp: { body: '9223372036854775808' } },
  ],
  ...[0n, 253402300799999999999n / 1000n, 2n ** 63n, 2n ** 64n - 1n].flatMap(
    (nanos) =>
      both(
        `P6 time ${nanos}`,
        [fixed64(1, nanos), fixed64(11, 5n)],
        `{"timeUnixNano":"${nanos}","observedTimeUnixNano":"5"}`,
        { time: nanos || 5n },
      ),
  ),
  ...both('P6 no time at all', [fixed64(1, 0n)], '{}', {
    time: 0n,
    flags: ['time-missing'],
  }),
  ...both(
    'P7 duplicate keys',
    [attribute('k', '1'), attribute('k', '2')],
    json(
      '"attributes":[{"key":"k","value":{"stringValue":"1"}},{"key":"k","value":{"stringValue":"2"}}]',
    ),
    { meta: { k: '2', $dup: { k: ['1'] } }, ...sanitized },
  ),
  ...[1, 64, 65, 1000, 20_000, 100_000].flatMap(depth),
  ...sized('big', 65_536, { meta: { big: a(65_536) }, flags: undefined }),
  ...sized('big', 65_537, {
    meta: { big: cut(a(65_537), 65_536) },
    ...truncated,
  }),
  ...sized('error.type', 65_536, {
    error: { type: a(65_536) },
    flags: undefined,
  }),
  ...sized('error.type', 65_537, {
    error: { type: a(65_536) },
    otlp: { truncated: { 'error.type': original(a(65_537)) } },
    ...truncated,
  }),
  ...sized('user.id', 1024, { actor: { id: a(1024) }, flags: undefined }),
  ...sized('user.id', 1025, {
    actor: { id: a(1024) },
    otlp: { attributes: { 'audit.actor.id': a(1025) } },
    ...truncated,
  }),
  ...sized('big', 8 * 2 ** 20, {
    meta: { big: cut(a(8 * 2 ** 20), 65_536) },
    ...truncated,
  }),
  ...both(
    'P9 bytes of 1 MiB',
    [field(5, field(7, Buffer.alloc(2 ** 20)))],
    json(`"body":{"bytesValue":"${ZEROES}"}`),
    { otlp: { body: { $bytes: cut(ZEROES, 65_536) } }, ...truncated },
  ),
  ...id('log.record.uid', a(128), {
    id: uuidFromName(a(128)),
    otlp: { attributes: { 'log.record.uid': a(128) } },
    flags: undefined,
  }),
  ...id('log.record.uid', a(129), {
    id: uuidFromName(a(129)),
    otlp: { attributes: { 'log.record.uid': cut(a(129), 128) } },
    ...truncated,
  }),
  ...id('audit.operation.id', a(1_000_000), {
    operationId: uuidFromName(a(1_000_000)),
    otlp: { attributes: { 'audit.operation.id': cut(a(1_000_000), 128) } },
    ...truncated,
  }),
  ...both(
    'P14 __proto__ and constructor',
    [attribute('__proto__', 'x'), attribute('constructor', 'y')],
    json(
      '"attributes":[{"key":"__proto__","value":{"stringValue":"x"}},{"key":"constructor","value":{"stringValue":"y"}}]',
    ),
    { meta: { ['__proto__']: 'x', constructor: 'y' }, flags: undefined },
  ),
];
