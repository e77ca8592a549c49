import type {
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
    encodeRecord(record) {
      // A record that failed half-way must not leave its bytes to the next one.
      writer.reset();
      writeRecord(writer, record);
      return writer.finish();
    },
    encodeRequest(source, records) {
      writer.reset();
      writer.message(1, () => writeResourceLogs(writer, source, records));
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
  writer.message(1, () => writeAttributes(writer, 1, source.resource));
  writer.message(2, () => {
    writer.message(1, () => {
      if (source.scopeName) writer.text(1, source.scopeName);
      if (source.scopeVersion) writer.text(2, source.scopeVersion);
    });
    for (const record of records) writer.bytes(2, record);
  });
}

function writeRecord(writer: ProtobufWriter, record: LogRecord): void {
  writer.fixed64(1, record.timeUnixNano);
  if (record.severityNumber !== 0) writer.integer(2, record.severityNumber);
  if (record.severityText) writer.text(3, record.severityText);
  const { body } = record;
  if (body !== null) writer.message(5, () => writeAnyValue(writer, body));
  writeAttributes(writer, 6, record.attributes);
  if (record.droppedAttributesCount !== 0)
    writer.integer(7, record.droppedAttributesCount);
  if (record.flags !== 0) writer.fixed32(8, record.flags);
  if (record.traceId) writer.bytes(9, Buffer.from(record.traceId, 'hex'));
  if (record.spanId) writer.bytes(10, Buffer.from(record.spanId, 'hex'));
  writer.fixed64(11, record.observedTimeUnixNano);
  if (record.eventName) writer.text(12, record.eventName);
}

function writeAttributes(
  writer: ProtobufWriter,
  field: number,
  attributes: JsonObject,
): void {
  for (const key of Object.keys(attributes)) {
    writer.message(field, () => {
      writer.text(1, key);
      writer.message(2, () => writeAnyValue(writer, attributes[key]!));
    });
  }
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
  writer.message(5, () => {
    for (const value of values)
      writer.message(1, () => writeAnyValue(writer, value));
  });
}

function writeObject(writer: ProtobufWriter, value: JsonObject): void {
  const special = untagged(value);
  if (special?.kind === 'double') writer.double(4, special.value);
  else if (special?.kind === 'bytes') writer.bytes(7, special.value);
  else writer.message(6, () => writeAttributes(writer, 1, value));
}
