import {
  attribute,
  toLogRecord,
  toLogRecordFields,
  visitAttributes,
} from 'audit-event';
import type {
  AttributeName,
  AuditEvent,
  EventSource,
  JsonObject,
  JsonValue,
  LogRecord,
} from 'audit-event';
import { isInteger, untagged } from './any-value';
import { decodeAnswer, decodeError } from './decode-answer-protobuf';
import type { Encoding } from './encoding';
import { ProtobufWriter } from './protobuf-writer';

// Field numbers (opentelemetry-proto 1.11):
// ExportLogsServiceRequest  resource_logs 1
// ResourceLogs              resource 1, scope_logs 2
// ScopeLogs                 scope 1, log_records 2
// Resource                  attributes 1
// InstrumentationScope      name 1, version 2
// LogRecord                 time_unix_nano 1 fixed64, severity_number 2, severity_text 3, body 5, attributes 6,
//                           dropped_attributes_count 7, flags 8 fixed32, trace_id 9, span_id 10,
//                           observed_time_unix_nano 11 fixed64, event_name 12
// KeyValue                  key 1, value 2
// AnyValue                  string 1, bool 2, int 3, double 4, array 5, kvlist 6, bytes 7; ArrayValue, KeyValueList: values 1

/**
 * OTLP/HTTP in protobuf.
 *
 * @example
 * const encoding = protobufEncoding();
 * const record = encoding.encodeRecord(toLogRecord(event));
 * const body = encoding.encodeRequest(source, [record]);
 */
export function protobufEncoding(): Encoding {
  const writer = new ProtobufWriter();
  return {
    name: 'protobuf',
    contentType: 'application/x-protobuf',
    encodeEvent(event) {
      // A record that failed half-way must not leave its bytes to the next one.
      writer.reset();
      writeEvent(writer, event);
      return writer.finish();
    },
    encodeRecord(record) {
      writer.reset();
      writeRecord(writer, record);
      return writer.finish();
    },
    encodeRequest(source, records) {
      writer.reset();
      const start = writer.open(1);
      writeResourceLogs(writer, source, records);
      writer.close(start);
      return writer.finish();
    },
    decodeAnswer,
    decodeError,
  };
}

function writeResourceLogs(
  writer: ProtobufWriter,
  source: EventSource,
  records: readonly Uint8Array[],
): void {
  const resource = writer.open(1);
  writeAttributes(writer, 1, source.resource);
  writer.close(resource);
  const scopeLogs = writer.open(2);
  const scope = writer.open(1);
  if (source.scopeName) writer.text(1, source.scopeName);
  if (source.scopeVersion) writer.text(2, source.scopeVersion);
  writer.close(scope);
  for (const record of records) writer.bytes(2, record);
  writer.close(scopeLogs);
}

/** The record of an event, without making it: an object of some thirty attributes costs more than their bytes. */
function writeEvent(writer: ProtobufWriter, event: AuditEvent): void {
  // These may stand in place of the event's own.
  if (event.otlp?.attributes) return writeRecord(writer, toLogRecord(event));
  const fields = toLogRecordFields(event);
  writeUpToBody(writer, fields);
  visitAttributes(event, (name, value) => writeKnown(writer, name, value));
  writeFromAttributesOn(writer, fields);
}

function writeRecord(writer: ProtobufWriter, record: LogRecord): void {
  writeUpToBody(writer, record);
  writeAttributes(writer, 6, record.attributes);
  writeFromAttributesOn(writer, record);
}

type RecordFields = Omit<LogRecord, 'attributes'>;

function writeUpToBody(writer: ProtobufWriter, record: RecordFields): void {
  writer.fixed64(1, record.timeUnixNano);
  if (record.severityNumber !== 0) writer.integer(2, record.severityNumber);
  if (record.severityText) writer.text(3, record.severityText);
  if (record.body === null) return;
  const body = writer.open(5);
  writeAnyValue(writer, record.body);
  writer.close(body);
}

function writeFromAttributesOn(
  writer: ProtobufWriter,
  record: RecordFields,
): void {
  if (record.droppedAttributesCount !== 0)
    writer.integer(7, record.droppedAttributesCount);
  if (record.flags !== 0) writer.fixed32(8, record.flags);
  if (record.traceId) writer.hex(9, record.traceId);
  if (record.spanId) writer.hex(10, record.spanId);
  writer.fixed64(11, record.observedTimeUnixNano);
  if (record.eventName) writer.text(12, record.eventName);
}

/** For each of our own attributes the KeyValue's key, and the tag of its value. */
const HEADS = new Map<AttributeName, Uint8Array>(
  Object.values(attribute).map((name) => [
    name,
    Buffer.from([0x0a, name.length, ...Buffer.from(name), 0x12]),
  ]),
);

function writeKnown(
  writer: ProtobufWriter,
  name: AttributeName,
  value: JsonValue,
): void {
  const isWritten =
    typeof value === 'string' && writer.asciiPair(6, HEADS.get(name)!, value);
  if (!isWritten) writePair(writer, 6, name, value);
}

function writeAttributes(
  writer: ProtobufWriter,
  field: number,
  attributes: JsonObject,
): void {
  for (const key of Object.keys(attributes))
    writePair(writer, field, key, attributes[key]!);
}

function writePair(
  writer: ProtobufWriter,
  field: number,
  key: string,
  value: JsonValue,
): void {
  const pair = writer.open(field);
  writer.text(1, key);
  const start = writer.open(2);
  writeAnyValue(writer, value);
  writer.close(start);
  writer.close(pair);
}

/** A value in JSON form as the inside of an AnyValue; null is the empty one. */
function writeAnyValue(writer: ProtobufWriter, value: JsonValue): void {
  if (typeof value === 'string') writer.text(1, value);
  else if (typeof value === 'boolean') writer.integer(2, value ? 1 : 0);
  else if (typeof value === 'number') writeNumber(writer, value);
  else if (Array.isArray(value)) writeArray(writer, value);
  else if (value !== null) writeObject(writer, value);
}

function writeNumber(writer: ProtobufWriter, value: number): void {
  if (isInteger(value)) writer.integer(3, value);
  else writer.double(4, value);
}

function writeArray(writer: ProtobufWriter, values: JsonValue[]): void {
  const array = writer.open(5);
  for (const value of values) {
    const item = writer.open(1);
    writeAnyValue(writer, value);
    writer.close(item);
  }
  writer.close(array);
}

function writeObject(writer: ProtobufWriter, value: JsonObject): void {
  const special = untagged(value);
  if (special?.kind === 'double') return writer.double(4, special.value);
  if (special?.kind === 'bytes') return writer.bytes(7, special.value);
  const map = writer.open(6);
  writeAttributes(writer, 1, value);
  writer.close(map);
}
