import { toLogRecord } from 'audit-event';
import type { jsonEncoding } from 'auditor-otel';
import { syntheticEvents, syntheticSource } from './synthetic-events';

/** What most senders put into a request. */
export const ROWS_PER_REQUEST = 512;

type Encoding = ReturnType<typeof jsonEncoding>;

/** Requests with so many new events altogether, as our own emitter encodes them. */
export function requestBodies(encoding: Encoding, rows: number): Uint8Array[] {
  const now = BigInt(Date.now()) * 1_000_000n;
  return chunks(syntheticEvents(Math.round(rows), now), ROWS_PER_REQUEST).map(
    (events) =>
      encoding.encodeRequest(
        syntheticSource,
        events.map((event) => encoding.encodeRecord(toLogRecord(event))),
      ),
  );
}

/** A list in pieces of a size, the last of which may be shorter. */
export function chunks<T>(items: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}
