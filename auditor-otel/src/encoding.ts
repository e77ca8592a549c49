import type { AuditEvent, EventSource, LogRecord } from 'audit-event';

/** What an answer with status 200 says: how many records the receiver did not take, and why. */
export interface PartialSuccess {
  rejected: number;
  message: string;
}

export const encodingNames = ['protobuf', 'json'] as const;
export type EncodingName = (typeof encodingNames)[number];

/** One of the two encodings of OTLP/HTTP, chosen once and passed as a value. */
export interface Encoding {
  name: EncodingName;
  contentType: string;
  /** The log record of an event in its final bytes: a retry sends exactly these. */
  encodeEvent(event: AuditEvent): Uint8Array;
  /** Any log record. `encodeEvent(event)` gives the bytes of `encodeRecord(toLogRecord(event))`. */
  encodeRecord(record: LogRecord): Uint8Array;
  /** A whole request from records in their final bytes. */
  encodeRequest(
    source: EventSource,
    records: readonly Uint8Array[],
  ): Uint8Array;
  /** The `partial_success` of an answer; undefined where it has none or is not readable. */
  decodeAnswer(body: Uint8Array): PartialSuccess | undefined;
  /** The message of an error answer (`google.rpc.Status`), empty where it has none. */
  decodeError(body: Uint8Array): string;
}
