import type { JsonObject, LogRecord } from 'audit-event';
import { readJsonAnyValue, readJsonAttributes } from './json-any-value';
import { readInt32, readUint64 } from './json-number';
import { failReading, readText } from './json-reading';
import type { JsonReading } from './json-reading';
import { severityNumberOfName } from './severity-name';
import { spanIdOf, traceIdOf } from './trace-ids';

const MAX_UINT32 = 2 ** 32 - 1;

/** Reads a LogRecord of OTLP/JSON. What went wrong is in `reading.failure`. */
export function readJsonLogRecord(
  reading: JsonReading,
  record: JsonObject,
): LogRecord {
  const field = (camel: string, snake: string) =>
    record[camel] ?? record[snake];
  return {
    timeUnixNano: readUint64(
      reading,
      'timeUnixNano',
      field('timeUnixNano', 'time_unix_nano'),
    ),
    observedTimeUnixNano: readUint64(
      reading,
      'observedTimeUnixNano',
      field('observedTimeUnixNano', 'observed_time_unix_nano'),
    ),
    severityNumber: readSeverityNumber(
      reading,
      field('severityNumber', 'severity_number'),
    ),
    severityText: readText(
      reading,
      'severityText',
      field('severityText', 'severity_text'),
    ),
    body: readJsonAnyValue(reading, record['body'], 0),
    attributes: readJsonAttributes(
      reading,
      'attributes',
      record['attributes'],
      0,
    ),
    droppedAttributesCount: readInt32(
      reading,
      'droppedAttributesCount',
      field('droppedAttributesCount', 'dropped_attributes_count'),
      0,
      MAX_UINT32,
    ),
    flags: readInt32(reading, 'flags', record['flags'], 0, MAX_UINT32),
    traceId: traceIdOf(
      readText(reading, 'traceId', field('traceId', 'trace_id')),
    ),
    spanId: spanIdOf(readText(reading, 'spanId', field('spanId', 'span_id'))),
    eventName: readText(reading, 'eventName', field('eventName', 'event_name')),
  };
}

/** A number; a name is forbidden by OTLP/JSON and sent all the same. */
function readSeverityNumber(reading: JsonReading, value: unknown): number {
  const named = severityNumberOfName(value);
  if (named !== undefined) return named;
  if (typeof value === 'string' && /^[A-Z]/.test(value)) {
    failReading(
      reading,
      'severityNumber',
      'a number or a name such as SEVERITY_NUMBER_INFO',
      value,
    );
    return 0;
  }
  return readInt32(reading, 'severityNumber', value, -(2 ** 31), 2 ** 31 - 1);
}
