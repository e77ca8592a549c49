import { emptyJsonObject, isJsonObject } from 'audit-event';
import type { JsonObject, JsonValue } from 'audit-event';
import type { FlatRecord } from '../test/kit/otlp-oracle';

/** Records as another reading of OTLP/JSON gives them, null where one is not OTLP. */
export type JsonOracle = (FlatRecord | null)[];

/** A number with its text: JSON.parse alone loses digits. */
class Numeral {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
}

type Parsed =
  null | boolean | string | Numeral | Parsed[] | { [key: string]: Parsed };

/**
 * A second opinion on OTLP/JSON: JSON.parse with a reviver, then proto3 JSON by the book, by other code than ours.
 *
 * @param digitsAreText take integers beyond 2^53 as text
 * @throws for what is no request at all
 */
export function jsonOracle(
  body: Uint8Array,
  digitsAreText = false,
): JsonOracle {
  const request = JSON.parse(
    new TextDecoder().decode(body),
    // JSON.parse tells the reviver the text of each number (ECMAScript proposal json-parse-with-source).
    function (_, value: unknown, context?: { source?: string }) {
      if (typeof value !== 'number') return value;
      const { source } = context as { source: string };
      const isExact = Number.isSafeInteger(value) || !/^-?\d+$/.test(source);
      return digitsAreText && !isExact ? source : new Numeral(source);
    } as (key: string, value: unknown) => unknown,
  ) as Parsed;
  const top = object(request);
  return list(member(top, 'resourceLogs')).flatMap((resourceLogs) =>
    list(member(object(resourceLogs), 'scopeLogs')).flatMap((scopeLogs) =>
      list(member(object(scopeLogs), 'logRecords')).map((record) => {
        try {
          return flatRecord(record, object(resourceLogs), object(scopeLogs));
        } catch {
          return null;
        }
      }),
    ),
  );
}

function refuse(what: string): never {
  throw new Error(`no ${what}`);
}

function object(value: Parsed): { [key: string]: Parsed } {
  if (value instanceof Numeral || !isJsonObject(value)) refuse('object');
  return value as { [key: string]: Parsed };
}

function list(value: Parsed): Parsed[] {
  if (value === null) return [];
  return Array.isArray(value) ? value : refuse('list');
}

/** A member under its name in camelCase or snake_case, null when absent. */
function member(of: { [key: string]: Parsed }, name: string): Parsed {
  const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  for (const key of [name, snake])
    if (Object.hasOwn(of, key) && of[key] !== null) return of[key]!;
  return null;
}

function flatRecord(
  value: Parsed,
  resourceLogs: { [key: string]: Parsed },
  scopeLogs: { [key: string]: Parsed },
): FlatRecord {
  const changed = { sanitized: false };
  const record = object(value);
  const text = (of: Parsed) => (of === null ? '' : clean(of, changed));
  const orEmpty = (of: Parsed) => (of === null ? {} : object(of));
  const resource = orEmpty(member(resourceLogs, 'resource'));
  const scope = orEmpty(member(scopeLogs, 'scope'));
  const scopeAttributes = mapOf(member(scope, 'attributes'), changed);
  const source = {
    resource: mapOf(member(resource, 'attributes'), changed),
    schemaUrl: text(member(resourceLogs, 'schemaUrl')) || undefined,
    scopeName: text(member(scope, 'name')) || undefined,
    scopeVersion: text(member(scope, 'version')) || undefined,
    scopeAttributes:
      Object.keys(scopeAttributes).length === 0 ? undefined : scopeAttributes,
    scopeSchemaUrl: text(member(scopeLogs, 'schemaUrl')) || undefined,
  };
  const integer = (name: string, min: bigint, max: bigint) => {
    const number = integerOf(member(record, name));
    return number >= min && number <= max ? number : refuse(name);
  };
  return {
    source,
    record: {
      timeUnixNano: integer('timeUnixNano', 0n, 2n ** 64n - 1n),
      observedTimeUnixNano: integer('observedTimeUnixNano', 0n, 2n ** 64n - 1n),
      severityNumber:
        severityOf(member(record, 'severityNumber')) ??
        Number(integer('severityNumber', -(2n ** 31n), 2n ** 31n - 1n)),
      severityText: text(member(record, 'severityText')),
      body: valueOf(member(record, 'body'), changed),
      attributes: mapOf(member(record, 'attributes'), changed),
      droppedAttributesCount: Number(
        integer('droppedAttributesCount', 0n, 2n ** 32n - 1n),
      ),
      flags: Number(integer('flags', 0n, 2n ** 32n - 1n)),
      traceId: idOf(text(member(record, 'traceId')), 32),
      spanId: idOf(text(member(record, 'spanId')), 16),
      eventName: text(member(record, 'eventName')),
    },
    sanitized: changed.sanitized,
  };
}

function clean(value: Parsed, changed: { sanitized: boolean }): string {
  if (typeof value !== 'string') return refuse('text');
  const cleaned = [...value]
    .map((character) => {
      const code = character.codePointAt(0)!;
      if (code === 0) return '\u2400';
      return code >= 0xd800 && code <= 0xdfff ? '\uFFFD' : character;
    })
    .join('');
  if (cleaned !== value) changed.sanitized = true;
  return cleaned;
}

/** Digits, with a fraction or an exponent too as long as the number is whole. */
function integerOf(value: Parsed): bigint {
  if (value === null) return 0n;
  const digits = value instanceof Numeral ? value.source : value;
  if (typeof digits !== 'string') return refuse('integer');
  if (/^-?\d{1,20}$/.test(digits)) return BigInt(digits);
  if (!/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(digits)) return refuse('integer');
  const number = Number(digits);
  return Number.isInteger(number) ? BigInt(number) : refuse('integer');
}

function severityOf(value: Parsed): number | undefined {
  if (typeof value !== 'string') return undefined;
  const [, level, step] =
    /^SEVERITY_NUMBER_([A-Z]+)([234]?)$/.exec(value) ?? [];
  if (level === undefined) return undefined;
  if (level === 'UNSPECIFIED' && step === '') return 0;
  const row = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'].indexOf(
    level,
  );
  return row < 0 ? refuse('severity') : row * 4 + Number(step || 1);
}

function idOf(digits: string, length: number): string {
  const id = digits.toLowerCase();
  return id.length === length && /^[\da-f]+$/.test(id) && /[^0]/.test(id)
    ? id
    : '';
}

const KINDS = [
  'stringValue',
  'boolValue',
  'intValue',
  'doubleValue',
  'bytesValue',
  'arrayValue',
  'kvlistValue',
];

function valueOf(value: Parsed, changed: { sanitized: boolean }): JsonValue {
  if (value === null) return null;
  const any = object(value);
  const kind = KINDS.find((name) => member(any, name) !== null);
  if (kind === undefined) return null;
  const given = member(any, kind);
  switch (kind) {
    case 'stringValue':
      return clean(given, changed);
    case 'boolValue':
      return typeof given === 'boolean' ? given : refuse(kind);
    case 'intValue':
      return int64Of(given);
    case 'doubleValue':
      return doubleOf(given);
    case 'bytesValue':
      return bytesOf(given);
    case 'arrayValue':
      return list(member(object(given), 'values')).map((item) =>
        valueOf(item, changed),
      );
    default:
      return mapOf(member(object(given), 'values'), changed);
  }
}

function int64Of(value: Parsed): JsonValue {
  const digits = value instanceof Numeral ? value.source : value;
  if (typeof digits !== 'string') return refuse('integer');
  if (/^-?\d{1,20}$/.test(digits)) {
    const integer = BigInt(digits);
    const safe = integer > -(2n ** 53n) && integer < 2n ** 53n;
    return safe ? Number(integer) : String(integer);
  }
  if (value instanceof Numeral && /^-?\d+$/.test(digits))
    return refuse('integer');
  if (!/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(digits) || /^-?\d+$/.test(digits))
    return refuse('integer');
  const number = Number(digits);
  return Number.isSafeInteger(number) && value instanceof Numeral
    ? number + 0
    : tagged(number);
}

function doubleOf(value: Parsed): JsonValue {
  if (value instanceof Numeral) return tagged(Number(value.source));
  if (
    typeof value !== 'string' ||
    !/^(NaN|-?Infinity|-?\d+(\.\d+)?([eE][+-]?\d+)?)$/.test(value)
  )
    return refuse('double');
  return tagged(Number(value));
}

function tagged(number: number): JsonValue {
  if (Object.is(number, -0)) return { $double: '-0' };
  return Number.isFinite(number) ? number : { $double: `${number}` };
}

function bytesOf(value: Parsed): JsonValue {
  if (typeof value !== 'string' || !/^[\w+/-]*={0,2}$/.test(value))
    return refuse('base64');
  return { $bytes: Buffer.from(value, 'base64url').toString('base64') };
}

function mapOf(value: Parsed, changed: { sanitized: boolean }): JsonObject {
  const lists = new Map<string, JsonValue[]>();
  for (const entry of list(value)) {
    const { key, value: of } = {
      key: member(object(entry), 'key'),
      value: member(object(entry), 'value'),
    };
    const name = key === null ? '' : clean(key, changed);
    lists.set(name, [...(lists.get(name) ?? []), valueOf(of, changed)]);
  }
  const map = emptyJsonObject();
  const earlier = emptyJsonObject();
  for (const [key, values] of lists) {
    map[key] = values.at(-1)!;
    if (values.length > 1) earlier[key] = values.slice(0, -1);
  }
  if (Object.keys(earlier).length > 0) {
    changed.sanitized = true;
    map['$dup'] = earlier;
  }
  return map;
}
