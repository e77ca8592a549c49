import { toLogRecord } from 'audit-event';
import type { AuditEvent } from 'audit-event';
import { jsonEncoding } from './encode-json';
import type { WriteDiagnostic } from './diagnostics';
import type { Frame } from './outbox';

/** Takes a record that can be kept nowhere else. Never throws. */
export interface LastResort {
  /** The record as one line of OTLP JSON. */
  event: (event: AuditEvent) => void;
  /** The same of one that is known in its final bytes alone, which are given in base64. */
  frame: (frame: Frame) => void;
}

/** Writes lines such as `auditor-otel: audit record: {"timeUnixNano":...}`. */
export function createLastResort(write: WriteDiagnostic): LastResort {
  const encoding = jsonEncoding();
  const line = (json: string) => {
    try {
      write(`auditor-otel: audit record: ${json}`);
    } catch {
      // There is nobody left to tell.
    }
  };
  return {
    event: (event) =>
      line(Buffer.from(encoding.encodeRecord(toLogRecord(event))).toString()),
    frame: ({ id, sequence, severityLevel, bytes }) =>
      line(
        JSON.stringify({
          id,
          sequence,
          severityLevel,
          otlp: Buffer.from(bytes).toString('base64'),
        }),
      ),
  };
}
