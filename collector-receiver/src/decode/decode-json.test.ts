import fc from 'fast-check';
import type { LogRecord } from 'audit-event';
import { arbitraryRequest } from '../../test/kit/arbitrary-request';
import { flatRecords, onlyRecord } from '../../test/kit/decoded';
import {
  jsonRequestOf as requestOf,
  nestedJsonList as nestedList,
  toOtlpJson,
} from '../../test/kit/otlp-json';
import { encodeRequest } from '../../test/kit/otlp-oracle';
import { decodeJson } from './decode-json';
import { decodeProtobuf } from './decode-protobuf';
import { limits } from './limits';

const decode = (text: string) => decodeJson(Buffer.from(text));
describe('decodeJson', () => {
  it.each([false, true])(
    'reads the same as decodeProtobuf (snake_case: %s)',
    (snakeCase) => {
      fc.assert(
        fc.property(arbitraryRequest, (request) => {
          const json = flatRecords(decode(toOtlpJson(request, snakeCase)));
          const protobuf = flatRecords(decodeProtobuf(encodeRequest(request)));
          expect(json).toEqual(protobuf);
        }),
      );
    },
  );

  it('takes any text, any JSON and any cut of a request without throwing', () => {
    const status = /decoded|malformed/;
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (body) => {
        expect(decodeJson(body).status).toMatch(status);
      }),
    );
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(
          decode(
            JSON.stringify({
              resourceLogs: [
                {
                  resource: value,
                  scopeLogs: [
                    {
                      scope: value,
                      logRecords: [value, { body: value, attributes: value }],
                    },
                  ],
                },
              ],
            }),
          ).status,
        ).toMatch(status);
      }),
    );
    fc.assert(
      fc.property(arbitraryRequest, fc.nat(), (request, cut) => {
        const text = toOtlpJson(request);
        expect(decode(text.slice(0, cut % text.length)).status).toMatch(status);
      }),
    );
  });

  it.each<[string, string, Partial<LogRecord>]>([
    [
      'times as text',
      '{"timeUnixNano":"18446744073709551615","observedTimeUnixNano":"1"}',
      { timeUnixNano: 2n ** 64n - 1n, observedTimeUnixNano: 1n },
    ],
    [
      'times as bare numbers, exactly',
      '{"timeUnixNano":1768473000000000001}',
      { timeUnixNano: 1768473000000000001n },
    ],
    [
      'a time with an exponent',
      '{"timeUnixNano":1.5e18}',
      { timeUnixNano: 1500000000000000000n },
    ],
    [
      'integers as text or number',
      '{"body":{"arrayValue":{"values":[{"intValue":"10"},{"intValue":10},{"intValue":"-7"}]}}}',
      { body: [10, 10, -7] },
    ],
    [
      'an integer beyond 2^53 as its digits',
      '{"body":{"intValue":9007199254740993}}',
      { body: '9007199254740993' },
    ],
    [
      'a negative one as text',
      '{"body":{"intValue":"-9223372036854775808"}}',
      { body: '-9223372036854775808' },
    ],
    [
      '2^53 - 1 as a number',
      '{"body":{"intValue":"9007199254740991"}}',
      { body: 9007199254740991 },
    ],
    [
      'intValue 1e+300 of opentelemetry-js as a double',
      '{"body":{"intValue":1e+300}}',
      { body: 1e300 },
    ],
    [
      'intValue with a fraction as a double',
      '{"body":{"intValue":"1.5"}}',
      { body: 1.5 },
    ],
    [
      'doubleValue null as null',
      '{"body":{"doubleValue":null}}',
      { body: null },
    ],
    [
      'special doubles as tags',
      '{"body":{"arrayValue":{"values":[{"doubleValue":"NaN"},{"doubleValue":"-Infinity"},{"doubleValue":-0},{"doubleValue":1e400}]}}}',
      {
        body: [
          { $double: 'NaN' },
          { $double: '-Infinity' },
          { $double: '-0' },
          { $double: 'Infinity' },
        ],
      },
    ],
    [
      'a long bare integer in doubleValue',
      '{"body":{"doubleValue":12345678901234567890}}',
      { body: 12345678901234567000 },
    ],
    [
      'digits in text untouched',
      '{"body":{"stringValue":"[12345678901234567890, \\",12345678901234567890"},"flags":0,"timeUnixNano":1768473000000000001}',
      { body: '[12345678901234567890, ",12345678901234567890' },
    ],
    ['an empty value as null', '{"body":{}}', { body: null }],
    [
      'severity by name',
      '{"severityNumber":"SEVERITY_NUMBER_WARN2"}',
      { severityNumber: 14 },
    ],
    [
      'severity out of range as it is',
      '{"severityNumber":-1}',
      { severityNumber: -1 },
    ],
    [
      'ids in upper case',
      '{"traceId":"0AF7651916CD43DD8448EB211C80319C","spanId":"B7AD6B7169203331"}',
      {
        traceId: '0af7651916cd43dd8448eb211c80319c',
        spanId: 'b7ad6b7169203331',
      },
    ],
    [
      'ids of the wrong length as none',
      '{"traceId":"0af7","spanId":"b7ad6b7169203331b7ad6b7169203331"}',
      { traceId: '', spanId: '' },
    ],
    [
      'ids all zero as none',
      '{"traceId":"00000000000000000000000000000000"}',
      { traceId: '' },
    ],
    [
      'base64 for URLs',
      '{"body":{"bytesValue":"-_8"}}',
      { body: { $bytes: '+/8=' } },
    ],
    [
      'unknown keys as nothing',
      '{"severityText":"hi","new":{"deep":[1]}}',
      { severityText: 'hi' },
    ],
    [
      'a hostile key as data',
      '{"attributes":[{"key":"__proto__","value":{"stringValue":"x"}}]}',
      { attributes: { ['__proto__']: 'x' } },
    ],
    [
      'the deepest nesting allowed',
      `{"severityText":"hi","body":${nestedList(limits.depth)}}`,
      { severityText: 'hi' },
    ],
    [
      'null members as absent',
      '{"timeUnixNano":null,"attributes":null,"traceId":null,"body":null}',
      { timeUnixNano: 0n, body: null },
    ],
  ])('reads %s', (_, record, expected) => {
    expect(onlyRecord(decode(requestOf(record))).record).toMatchObject(
      expected,
    );
  });

  it('takes a byte order mark', () => {
    expect(decode('\uFEFF{"resourceLogs":[]}').status).toBe('decoded');
  });

  it('reads the resource with a schemaUrl that opentelemetry-js puts inside it', () => {
    const body =
      '{"resourceLogs":[{"resource":{"schemaUrl":"x","attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},"scopeLogs":[{"scope":{"name":"lib","version":""},"logRecords":[{}]}]}]}';
    expect(onlyRecord(decode(body)).source).toEqual({
      resource: { 'service.name': 'shop' },
      scopeName: 'lib',
    });
  });

  it.each<[string, string, unknown]>([
    ['U+0000', '"a\\u0000b"', 'a\u2400b'],
    ['a lone surrogate', '"a\\ud800b"', 'a\uFFFDb'],
  ])(
    'replaces %s and flags the record, its neighbour not',
    (_, text, expected) => {
      const decoded = decode(
        requestOf(`{"severityText":${text}}`, '{"severityText":"fine"}'),
      );
      expect(flatRecords(decoded)).toMatchObject([
        { record: { severityText: expected }, sanitized: true },
        { record: { severityText: 'fine' }, sanitized: false },
      ]);
    },
  );

  it('reads invalid UTF-8 as U+FFFD and flags the record that has it', () => {
    const text = requestOf('{"severityText":"a?b"}', '{"severityText":"fine"}');
    const body = Buffer.from(text);
    body[text.indexOf('?')] = 0xff;
    expect(flatRecords(decodeJson(body))).toMatchObject([
      { record: { severityText: 'a\uFFFDb' }, sanitized: true },
      { record: { severityText: 'fine' }, sanitized: false },
    ]);
  });

  it.each<[string, string, string | RegExp]>([
    [
      'a list',
      '[{"resourceLogs":[]}]',
      'expected one object with resourceLogs, got a list: send each element as a request of its own',
    ],
    ['null', 'null', 'expected one object with resourceLogs, got null'],
    ['cut off', '{"resourceLogs":[', /^cannot parse the body as JSON: ./],
    ['empty', '', /^cannot parse the body as JSON: ./],
    [
      'an object for a list',
      '{"resourceLogs":{}}',
      'expected resourceLogs to be a list, got an object',
    ],
    [
      'text among scopes',
      '{"resourceLogs":[{"scopeLogs":["x"]}]}',
      'expected scopeLogs to be a list of objects, got a string in it',
    ],
    [
      'text for records',
      '{"resourceLogs":[{"scopeLogs":[{"logRecords":"x"}]}]}',
      'expected logRecords to be a list, got a string',
    ],
  ])('calls a request that is %s malformed', (_, body, reason) => {
    expect(decode(body)).toEqual({
      status: 'malformed',
      reason:
        typeof reason === 'string' ? reason : expect.stringMatching(reason),
    });
  });

  it.each([
    '{}',
    '{"resourceLogs":[]}',
    '{"resourceLogs":[{"scopeLogs":[{}]}]}',
  ])('reads %s as no records', (body) => {
    expect(decode(body)).toEqual({ status: 'decoded', records: [] });
  });

  it('refuses more records than a request may hold', () => {
    const body = requestOf('0,'.repeat(limits.recordsPerRequest) + '0');
    expect(decode(body).status).toBe('too-large');
  });
});
