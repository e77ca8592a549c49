import type { JsonObject, JsonValue } from './json';

/**
 * An OTLP log record with its values in JSON form. What JSON cannot say is tagged: `{"$double":"NaN"}` (also
 * `Infinity`, `-Infinity`, `-0`), `{"$bytes":"<base64>"}`; an integer beyond 2^53 is a string of its digits.
 *
 * Field numbers: time 1, severity_number 2, severity_text 3, body 5, attributes 6, dropped_attributes_count 7,
 * flags 8, trace_id 9, span_id 10, observed_time 11, event_name 12 (opentelemetry-proto 1.11, logs/v1/logs.proto).
 */
export interface LogRecord {
  /** Nanoseconds since 1970, unsigned 64 bits; 0 when unknown. */
  timeUnixNano: bigint;
  /** As `timeUnixNano`. */
  observedTimeUnixNano: bigint;
  /** 1 to 24, 0 when unset; a foreign sender may send any 32-bit integer. */
  severityNumber: number;
  severityText: string;
  /** `null` when absent. */
  body: JsonValue;
  attributes: JsonObject;
  droppedAttributesCount: number;
  /** Trace flags: the low 8 bits count. */
  flags: number;
  /** 32 hexadecimal digits in lower case, or empty. */
  traceId: string;
  /** 16 hexadecimal digits in lower case, or empty. */
  spanId: string;
  eventName: string;
}
