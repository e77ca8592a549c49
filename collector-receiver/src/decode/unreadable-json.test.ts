import { onlyUnreadable } from '../../test/kit/decoded';
import {
  jsonRequestOf as requestOf,
  nestedJsonList as nestedList,
} from '../../test/kit/otlp-json';
import { decodeJson } from './decode-json';
import { limits } from './limits';

const decode = (text: string) => decodeJson(Buffer.from(text));

describe('decodeJson with records that cannot be read', () => {
  it.each<[string, string, string, string]>([
    [
      'text for a time',
      '{"timeUnixNano":"soon"}',
      'bad-value',
      'expected timeUnixNano to be an integer from 0 to 2^64 - 1, got a string',
    ],
    [
      'a negative time',
      '{"timeUnixNano":-1}',
      'bad-value',
      'expected timeUnixNano to be an integer from 0 to 2^64 - 1, got a number',
    ],
    [
      'a bare body',
      '{"body":"text"}',
      'bad-value',
      'expected a value to be an object such as {"stringValue":"..."}, got a string',
    ],
    [
      'an unknown severity name',
      '{"severityNumber":"INFO"}',
      'bad-value',
      'expected severityNumber to be a number or a name such as SEVERITY_NUMBER_INFO, got a string',
    ],
    [
      'attributes as an object',
      '{"attributes":{"a":1}}',
      'bad-value',
      'expected attributes to be a list, got an object',
    ],
    [
      'a list as an attribute',
      '{"attributes":[[]]}',
      'bad-value',
      'expected an entry of attributes to be an object with key and value, got a list',
    ],
    [
      'text for an integer',
      '{"body":{"intValue":"ten"}}',
      'bad-value',
      'expected intValue to be an integer, got a string',
    ],
    [
      'an integer of 30 digits',
      `{"body":{"intValue":"${'1'.repeat(30)}"}}`,
      'bad-value',
      'expected intValue to be an integer, got a string',
    ],
    [
      'text for a double',
      '{"body":{"doubleValue":"much"}}',
      'bad-value',
      'expected doubleValue to be a number, got a string',
    ],
    [
      'a number for a boolean',
      '{"body":{"boolValue":1}}',
      'bad-value',
      'expected boolValue to be true or false, got a number',
    ],
    [
      'broken base64',
      '{"body":{"bytesValue":"*"}}',
      'bad-value',
      'expected bytesValue to be base64, got a string',
    ],
    [
      'a list as kvlistValue',
      '{"body":{"kvlistValue":[]}}',
      'bad-value',
      'expected kvlistValue to be an object with values, got a list',
    ],
    [
      'flags beyond 32 bits',
      '{"flags":4294967296}',
      'bad-value',
      'expected flags to be an integer from 0 to 4294967295, got a number',
    ],
    [
      'no object',
      '"text"',
      'bad-value',
      'expected a log record to be an object, got a string',
    ],
    [
      'nesting one level too deep',
      `{"body":${nestedList(limits.depth + 1)}}`,
      'too-deep',
      'expected at most 64 lists and maps inside each other',
    ],
    [
      'nesting 50000 levels too deep',
      `{"body":${nestedList(50_000)},"timeUnixNano":1768473000000000001}`,
      'too-deep',
      'expected at most 64 lists and maps inside each other',
    ],
    [
      'too many values',
      `{"body":{"arrayValue":{"values":[${'{},'.repeat(limits.valuesPerRecord)}{}]}}}`,
      'too-many-values',
      'expected at most 65536 values',
    ],
  ])(
    'keeps a record with %s aside, whole and alone',
    (_, poison, reason, detail) => {
      const decoded = decode(requestOf('{}', poison, '{}'));
      expect(
        decoded.status === 'decoded' &&
          decoded.records.map(({ status }) => status),
      ).toEqual(['read', 'unreadable', 'read']);
      const aside = onlyUnreadable(decoded);
      expect(aside).toMatchObject({ reason, detail });
      const raw = Buffer.from(aside.raw)
        .toString()
        .replace('"1768473000000000001"', '1768473000000000001');
      expect(raw === requestOf(poison)).toBe(true);
    },
  );

  it('keeps the records of an unreadable resource aside with it', () => {
    const body =
      '{"resourceLogs":[{"resource":[],"schemaUrl":"a","scopeLogs":[{"schemaUrl":"b","logRecords":[{}]}]}]}';
    const aside = onlyUnreadable(decode(body));
    expect(aside).toMatchObject({
      reason: 'bad-value',
      detail: 'expected resource to be an object, got a list',
    });
    expect(Buffer.from(aside.raw).toString()).toBe(body);
  });
});
