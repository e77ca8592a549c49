import type { Random } from './random';

const TEXTS = [
  'null',
  'true',
  '0',
  '-0',
  '-1',
  '1.0',
  '1.5',
  '1e3',
  '1e300',
  '1e400',
  '-1e-7',
  '9007199254740992',
  '9007199254740993',
  '-9223372036854775808',
  '9223372036854775808',
  '18446744073709551615',
  '18446744073709551616',
  '4294967295',
  '4294967296',
  '2147483648',
  '""',
  '"10"',
  '"-7"',
  '" 1"',
  '"1e3"',
  '"1.50"',
  '"01"',
  '"+1"',
  '"0x10"',
  '"NaN"',
  '"Infinity"',
  '"-Infinity"',
  '"true"',
  '"AP8="',
  '"AP8"',
  '"-_8"',
  '"*"',
  '"\\ud800"',
  '"\\u0000"',
  '"0af7651916cd43dd8448eb211c80319c"',
  '"B7AD6B7169203331"',
  '"SEVERITY_NUMBER_WARN"',
  '"WARN"',
  '[]',
  '{}',
  '[1]',
  '[[]]',
  '{"a":1}',
  '{"values":[]}',
  '{"values":[{}]}',
  '{"stringValue":"x"}',
  '{"key":"k","value":{"intValue":"1"}}',
];

const KEYS = [
  'resourceLogs',
  'resource',
  'scopeLogs',
  'scope',
  'logRecords',
  'schemaUrl',
  'schema_url',
  'attributes',
  'key',
  'value',
  'values',
  'name',
  'version',
  'timeUnixNano',
  'time_unix_nano',
  'observedTimeUnixNano',
  'severityNumber',
  'severity_number',
  'severityText',
  'body',
  'traceId',
  'spanId',
  'flags',
  'droppedAttributesCount',
  'eventName',
  'event_name',
  'stringValue',
  'string_value',
  'boolValue',
  'intValue',
  'doubleValue',
  'bytesValue',
  'arrayValue',
  'kvlistValue',
  'kvlist_value',
  '__proto__',
  'new',
];

/** A string, with its quotes; or a number or word; or an empty list or object. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null|\[\]|\{\}/g;

/** A request in JSON with a few of its values and keys exchanged: it stays JSON. */
export function mutateJson(input: Buffer, random: Random): Buffer {
  let text = input.toString();
  for (let left = 1 + random.below(3); left > 0; left--) {
    const tokens = [...text.matchAll(TOKEN)];
    if (tokens.length === 0) break;
    const { 0: token, index } = random.pick(tokens);
    const end = index + token.length;
    const isKey = token.startsWith('"') && text[end] === ':';
    const instead = isKey ? `"${random.pick(KEYS)}"` : random.pick(TEXTS);
    text = text.slice(0, index) + instead + text.slice(end);
  }
  return Buffer.from(text);
}
