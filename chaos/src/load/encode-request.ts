import { gzipSync } from 'node:zlib';
import { toLogRecord } from 'audit-event';
import { jsonEncoding, protobufEncoding } from 'auditor-otel';
import type { PlannedRecord, PlannedRequest } from './plan-request';

const encodings = {
  protobuf: {
    ...protobufEncoding(),
    /** severity_text that is no UTF-8. */
    spoil: (record: Uint8Array) =>
      Buffer.concat([record, Buffer.from([0x1a, 0x01, 0xff])]),
  },
  json: {
    ...jsonEncoding(),
    /** Flags beyond 32 bits. */
    spoil: (record: Uint8Array) =>
      Buffer.concat([
        Buffer.from('{"flags":4294967296,'),
        record.subarray(1), // after its {
      ]),
  },
};

export interface EncodedRequest {
  headers: Record<string, string>;
  body: Uint8Array;
}

/** A request as it goes over the wire. */
export function encodeRequest(request: PlannedRequest): EncodedRequest {
  const encoding = encodings[request.encoding];
  const body = encoding.encodeRequest(
    request.source,
    request.records.map((record) => encodeRecord(request, record)),
  );
  const headers = { 'content-type': encoding.contentType };
  return request.isCompressed
    ? {
        headers: { ...headers, 'content-encoding': 'gzip' },
        body: gzipSync(body, { level: 1 }),
      }
    : { headers, body };
}

/** The bytes of one record, unreadable when it is to be quarantined. */
export function encodeRecord(
  request: PlannedRequest,
  { fate, event }: PlannedRecord,
): Buffer {
  const encoding = encodings[request.encoding];
  const bytes = encoding.encodeRecord(toLogRecord(event));
  return fate === 'quarantined' ? encoding.spoil(bytes) : Buffer.from(bytes);
}
