import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyJsonObject } from 'audit-event';
import type {
  EventSource,
  JsonObject,
  JsonValue,
  LogRecord,
} from 'audit-event';
import { parse, util } from 'protobufjs';
import { packageFolder } from './package-folder';

// So that requests too deep for us can be written by it.
util.recursionLimit = 1_000;

const proto = readFileSync(
  join(packageFolder, 'test', 'kit', 'opentelemetry-logs.proto'),
  'utf8',
);
const { root } = parse(proto);
export const requestType = root.lookupType('otlp.ExportLogsServiceRequest');
export const statusType = root.lookupType('otlp.Status');
/** The same without the string table index among the kinds of values, where it takes the place of a text before it. */
export const requestTypeWithoutIndex = parse(
  proto.replace('int32 string_value_strindex = 8;', ''),
).root.lookupType('otlp.ExportLogsServiceRequest');
const badRequestType = root.lookupType('otlp.BadRequest');
export const retryInfoType = root.lookupType('otlp.RetryInfo');

/** One record as both decoders give it, without `raw`. */
export interface FlatRecord {
  record: LogRecord;
  source: EventSource;
  sanitized: boolean;
}

/** A message as protobufjs shows it. */
type Message = Record<string, any>;

/** The details of a Status in protobufjs form, all of which have to be google.rpc.BadRequest. */
export function badRequestsOf(status: Message): Message[] {
  return (status['details'] ?? []).map((detail: Message) => {
    if (detail['typeUrl'] !== 'type.googleapis.com/google.rpc.BadRequest')
      throw new Error(`expected BadRequest, got ${detail['typeUrl']}`);
    return badRequestType.toObject(badRequestType.decode(detail['value']));
  });
}

/** The request in protobuf, written by protobufjs from its camelCase form. */
export function encodeRequest(request: object): Uint8Array {
  return requestType.encode(requestType.fromObject(request)).finish();
}

/** The second opinion: the records of a request as protobufjs reads them, put into our form by other code than ours. */
export function oracleRecords(
  bytes: Uint8Array,
  type = requestType,
): FlatRecord[] {
  const message: Message = type.toObject(type.decode(bytes), {
    longs: BigInt,
    bytes: Buffer,
    arrays: true,
  });
  const records: FlatRecord[] = [];
  for (const resourceLogs of message['resourceLogs'])
    for (const scopeLogs of resourceLogs.scopeLogs)
      for (const record of scopeLogs.logRecords)
        records.push(flatRecord(record, resourceLogs, scopeLogs));
  return records;
}

function flatRecord(
  record: Message,
  resourceLogs: Message,
  scopeLogs: Message,
): FlatRecord {
  const resource: Message | undefined = resourceLogs['resource'];
  const scope: Message | undefined = scopeLogs['scope'];
  const changed = { sanitized: false };
  const text = (value: string | undefined) => clean(value ?? '', changed);
  const scopeAttributes = mapOf(scope?.['attributes'] ?? [], changed);
  const source: EventSource = {
    resource: mapOf(resource?.['attributes'] ?? [], changed),
    schemaUrl: text(resourceLogs['schemaUrl']) || undefined,
    scopeName: text(scope?.['name']) || undefined,
    scopeVersion: text(scope?.['version']) || undefined,
    scopeAttributes:
      Object.keys(scopeAttributes).length === 0 ? undefined : scopeAttributes,
    scopeSchemaUrl: text(scopeLogs['schemaUrl']) || undefined,
  };
  return {
    source,
    record: {
      timeUnixNano: BigInt(record['timeUnixNano'] ?? 0),
      observedTimeUnixNano: BigInt(record['observedTimeUnixNano'] ?? 0),
      severityNumber: record['severityNumber'] ?? 0,
      severityText: text(record['severityText']),
      body: valueOf(record['body'], changed),
      attributes: mapOf(record['attributes'], changed),
      droppedAttributesCount: record['droppedAttributesCount'] ?? 0,
      flags: record['flags'] ?? 0,
      traceId: idOf(record['traceId'], 16),
      spanId: idOf(record['spanId'], 8),
      eventName: text(record['eventName']),
    },
    sanitized: changed.sanitized,
  };
}

function clean(value: string, changed: { sanitized: boolean }): string {
  if (value.includes('\0')) changed.sanitized = true;
  return value.split('\0').join('\u2400');
}

function idOf(id: Buffer | undefined, length: number): string {
  return id?.length === length && id.some((byte) => byte !== 0)
    ? id.toString('hex')
    : '';
}

function valueOf(
  value: Message | undefined,
  changed: { sanitized: boolean },
): JsonValue {
  if (value === undefined) return null;
  if ('stringValue' in value) return clean(value['stringValue'], changed);
  if ('boolValue' in value) return value['boolValue'];
  if ('intValue' in value) {
    const integer = BigInt(value['intValue']);
    const safe = integer >= -(2n ** 53n) + 1n && integer <= 2n ** 53n - 1n;
    return safe ? Number(integer) : integer.toString();
  }
  if ('doubleValue' in value) {
    const double = value['doubleValue'] as number;
    if (Object.is(double, -0)) return { $double: '-0' };
    return Number.isFinite(double) ? double : { $double: `${double}` };
  }
  if ('bytesValue' in value)
    return { $bytes: (value['bytesValue'] as Buffer).toString('base64') };
  if ('arrayValue' in value)
    return value['arrayValue'].values.map((item: Message) =>
      valueOf(item, changed),
    );
  if ('kvlistValue' in value)
    return mapOf(value['kvlistValue'].values, changed);
  return null;
}

function mapOf(
  entries: Message[],
  changed: { sanitized: boolean },
): JsonObject {
  const lists = new Map<string, JsonValue[]>();
  for (const entry of entries) {
    const key = clean(entry['key'] ?? '', changed);
    lists.set(key, [
      ...(lists.get(key) ?? []),
      valueOf(entry['value'], changed),
    ]);
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
