import { isJsonObject, toLogRecord } from 'audit-event';
import type {
  EventSource,
  JsonObject,
  JsonValue,
  LogRecord,
} from 'audit-event';
import { isInteger, untagged } from './any-value';
import type { Encoding, PartialSuccess } from './encoding';

const COMMA = Buffer.from(',');
const END = Buffer.from(']}]}]}');

/**
 * OTLP/HTTP in JSON: 64-bit integers as strings, trace and span ids in hexadecimal, bytes in base64 (OTLP specification,
 * JSON Protobuf Encoding).
 *
 * @example
 * jsonEncoding().encodeRecord(toLogRecord(event)).toString(); // '{"timeUnixNano":"1768473000000000000",…}'
 */
export function jsonEncoding(): Encoding {
  return {
    name: 'json',
    contentType: 'application/json',
    encodeEvent: (event) => encodeRecord(toLogRecord(event)),
    encodeRecord,
    encodeRequest,
    decodeAnswer,
    decodeError,
  };
}

function encodeRecord(record: LogRecord): Uint8Array {
  return Buffer.from(JSON.stringify(recordOf(record)));
}

function encodeRequest(
  source: EventSource,
  records: readonly Uint8Array[],
): Uint8Array {
  const resource = JSON.stringify({ attributes: keyValues(source.resource) });
  const scope = JSON.stringify({
    name: source.scopeName,
    version: source.scopeVersion,
  });
  const parts: Uint8Array[] = [
    Buffer.from(
      `{"resourceLogs":[{"resource":${resource},"scopeLogs":[{"scope":${scope},"logRecords":[`,
    ),
  ];
  records.forEach((record, index) => {
    if (index > 0) parts.push(COMMA);
    parts.push(record);
  });
  return Buffer.concat([...parts, END]);
}

function recordOf(record: LogRecord): object {
  return {
    timeUnixNano: String(record.timeUnixNano),
    observedTimeUnixNano: String(record.observedTimeUnixNano),
    severityNumber: record.severityNumber || undefined,
    severityText: record.severityText || undefined,
    body: record.body === null ? undefined : anyValue(record.body),
    attributes: keyValues(record.attributes),
    droppedAttributesCount: record.droppedAttributesCount || undefined,
    flags: record.flags || undefined,
    traceId: record.traceId || undefined,
    spanId: record.spanId || undefined,
    eventName: record.eventName || undefined,
  };
}

function keyValues(object: JsonObject): object[] {
  return Object.keys(object).map((key) => ({
    key,
    value: anyValue(object[key]!),
  }));
}

function anyValue(value: JsonValue): object {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number') return numberValue(value);
  if (Array.isArray(value))
    return { arrayValue: { values: value.map(anyValue) } };
  return value === null ? {} : objectValue(value);
}

function numberValue(value: number): object {
  return isInteger(value)
    ? { intValue: String(value) }
    : { doubleValue: Object.is(value, -0) ? '-0' : value };
}

function objectValue(value: JsonObject): object {
  const special = untagged(value);
  if (special?.kind === 'double') return { doubleValue: special.text };
  if (special?.kind === 'bytes')
    return { bytesValue: special.value.toString('base64') };
  return { kvlistValue: { values: keyValues(value) } };
}

function decodeAnswer(body: Uint8Array): PartialSuccess | undefined {
  const partial = parsed(body)?.['partialSuccess'];
  if (!isJsonObject(partial)) return undefined;
  const rejected = Number(partial['rejectedLogRecords'] ?? 0);
  const message = partial['errorMessage'];
  return {
    rejected: Number.isFinite(rejected) ? rejected : 0,
    message: typeof message === 'string' ? message : '',
  };
}

function decodeError(body: Uint8Array): string {
  const message = parsed(body)?.['message'];
  return typeof message === 'string' ? message : '';
}

function parsed(body: Uint8Array): JsonObject | undefined {
  try {
    const value = JSON.parse(Buffer.from(body).toString()) as JsonValue;
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
