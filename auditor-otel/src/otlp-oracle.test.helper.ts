import { isJsonObject } from 'audit-event';
import type { JsonObject, JsonValue, LogRecord } from 'audit-event';
import { parse } from 'protobufjs';

/** The messages of a logs request, from opentelemetry-proto 1.11 (Apache-2.0), comments left out. */
const PROTO = `
syntax = "proto3";
message ExportLogsServiceRequest { repeated ResourceLogs resource_logs = 1; }
message ExportLogsPartialSuccess { int64 rejected_log_records = 1; string error_message = 2; }
message ExportLogsServiceResponse { ExportLogsPartialSuccess partial_success = 1; }
message Status { int32 code = 1; string message = 2; }
message ResourceLogs { Resource resource = 1; repeated ScopeLogs scope_logs = 2; string schema_url = 3; }
message ScopeLogs { InstrumentationScope scope = 1; repeated LogRecord log_records = 2; string schema_url = 3; }
message Resource { repeated KeyValue attributes = 1; uint32 dropped_attributes_count = 2; }
message InstrumentationScope { string name = 1; string version = 2; }
message KeyValue { string key = 1; AnyValue value = 2; }
message ArrayValue { repeated AnyValue values = 1; }
message KeyValueList { repeated KeyValue values = 1; }
message AnyValue {
  oneof value {
    string string_value = 1; bool bool_value = 2; int64 int_value = 3; double double_value = 4;
    ArrayValue array_value = 5; KeyValueList kvlist_value = 6; bytes bytes_value = 7;
  }
}
message LogRecord {
  fixed64 time_unix_nano = 1; int32 severity_number = 2; string severity_text = 3; AnyValue body = 5;
  repeated KeyValue attributes = 6; uint32 dropped_attributes_count = 7; fixed32 flags = 8;
  bytes trace_id = 9; bytes span_id = 10; fixed64 observed_time_unix_nano = 11; string event_name = 12;
}
`;
const { root } = parse(PROTO);

interface KeyValue {
  key?: string;
  value?: AnyValue;
}
interface AnyValue {
  stringValue?: string;
  boolValue?: boolean;
  intValue?: string;
  doubleValue?: number | string;
  bytesValue?: string;
  arrayValue?: { values?: AnyValue[] };
  kvlistValue?: { values?: KeyValue[] };
}
type WireRecord = Partial<
  Record<Exclude<keyof LogRecord, 'attributes' | 'body'>, string | number>
> & {
  attributes?: KeyValue[];
  body?: AnyValue;
};

/** A request as a generated decoder, or JSON.parse, reads it. */
export interface DecodedRequest {
  resource: JsonObject;
  scope: { name?: string; version?: string };
  records: LogRecord[];
}

/** Reads a request with protobufjs or JSON.parse, by its content type: an oracle that shares no code with the encoders. */
export function decodeRequest(
  body: Uint8Array,
  contentType: string,
): DecodedRequest {
  const isJson = contentType === 'application/json';
  const request = isJson
    ? (JSON.parse(Buffer.from(body).toString()) as object)
    : decodeMessage('ExportLogsServiceRequest', body);
  const [resourceLogs] = (request as { resourceLogs: never[] })
    .resourceLogs as {
    resource: { attributes?: KeyValue[] };
    scopeLogs: { scope: DecodedRequest['scope']; logRecords: WireRecord[] }[];
  }[];
  const [scopeLogs] = resourceLogs!.scopeLogs;
  return {
    resource: objectOf(resourceLogs!.resource.attributes),
    scope: scopeLogs!.scope,
    records: (scopeLogs!.logRecords ?? []).map((record) =>
      recordOf(record, isJson),
    ),
  };
}

/** A message as protobufjs reads it, with 64-bit integers as texts and bytes in base64. */
export function decodeMessage(type: string, body: Uint8Array): object {
  const message = root.lookupType(type);
  return message.toObject(message.decode(body), {
    longs: String,
    bytes: String,
  });
}

/** A message as protobufjs writes it. */
export function encodeMessage(type: string, fields: object): Uint8Array {
  const message = root.lookupType(type);
  return message.encode(message.fromObject(fields)).finish();
}

function recordOf(wire: WireRecord, isJson: boolean): LogRecord {
  const id = (value: string | number | undefined) =>
    isJson
      ? String(value ?? '')
      : Buffer.from(String(value ?? ''), 'base64').toString('hex');
  return {
    timeUnixNano: BigInt(String(wire.timeUnixNano ?? 0)),
    observedTimeUnixNano: BigInt(String(wire.observedTimeUnixNano ?? 0)),
    severityNumber: Number(wire.severityNumber ?? 0),
    severityText: String(wire.severityText ?? ''),
    body: wire.body === undefined ? null : valueOf(wire.body),
    attributes: objectOf(wire.attributes),
    droppedAttributesCount: Number(wire.droppedAttributesCount ?? 0),
    flags: Number(wire.flags ?? 0),
    traceId: id(wire.traceId),
    spanId: id(wire.spanId),
    eventName: String(wire.eventName ?? ''),
  };
}

function objectOf(pairs: KeyValue[] = []): JsonObject {
  const object = Object.create(null) as JsonObject;
  for (const { key = '', value } of pairs) object[key] = valueOf(value ?? {});
  return object;
}

function valueOf(value: AnyValue): JsonValue {
  if (value.stringValue !== undefined) return value.stringValue;
  if (value.boolValue !== undefined) return value.boolValue;
  if (value.intValue !== undefined) return Number(value.intValue);
  if (value.doubleValue !== undefined)
    return doubleOf(Number(value.doubleValue));
  if (value.bytesValue !== undefined) return { $bytes: value.bytesValue };
  if (value.arrayValue) return (value.arrayValue.values ?? []).map(valueOf);
  return value.kvlistValue ? objectOf(value.kvlistValue.values) : null;
}

function doubleOf(value: number): JsonValue {
  const isPlain = Number.isFinite(value) && !Object.is(value, -0);
  return isPlain
    ? value
    : { $double: Object.is(value, -0) ? '-0' : String(value) };
}

/** The one meta of a record, for tests that look for nothing else. */
export function metaOf(record: LogRecord): JsonObject {
  const meta = record.attributes['audit.meta'];
  return isJsonObject(meta) ? meta : {};
}
