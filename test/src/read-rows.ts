import type { AuditEvent } from 'audit-event';
import type { Received } from 'audit-event/store';
import { COLUMNS } from '../../audit-event/src/store/columns';
import { eventOfRow } from '../../audit-event/src/store/read-events';

/** 2000-01-01, where Postgres' clock begins, in microseconds. */
const POSTGRES_EPOCH_US = 946_684_800_000_000n;

const int8 = (bytes: Buffer) => bytes.readBigInt64BE();
const int4 = (bytes: Buffer) => bytes.readInt32BE();
const uuid = (bytes: Buffer) =>
  bytes
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
const jsonb = (bytes: Buffer) => {
  expect(bytes[0]).toBe(1);
  return JSON.parse(bytes.toString('utf8', 1)) as unknown;
};
const time = (bytes: Buffer) => int8(bytes) + POSTGRES_EPOCH_US;

/** How Postgres reads a column; all others are texts. */
const readers: Record<string, (bytes: Buffer) => unknown> = {
  event_time: time,
  observed_time: time,
  recorded_at: time,
  resource_id: int8,
  receiver_seq: int8,
  stream_seq: int8,
  receiver_id: int4,
  batch_index: int4,
  event_nanos: (bytes) => bytes.readInt16BE(),
  severity_number: int4,
  id: uuid,
  operation_id: uuid,
  stream_id: uuid,
  trace_id: (bytes) => bytes.toString('hex'),
  span_id: (bytes) => bytes.toString('hex'),
  flags: textArray,
  meta: jsonb,
  otlp: jsonb,
};

function textArray(bytes: Buffer): string[] {
  const texts: string[] = [];
  for (let at = 20; at < bytes.length;) {
    const size = bytes.readInt32BE(at);
    texts.push(bytes.toString('utf8', at + 4, (at += 4 + size)));
  }
  return texts;
}

/** The events in rows that are ready for COPY, read back by other code than wrote them. */
export function eventsIn({ events: { rows } }: Received): AuditEvent[] {
  rows.place({ recordedAt: new Date(0), receiverId: 1, receiverSeq: 1 }, 0);
  return rows.records.map((_, i) => {
    const row = readRow(Buffer.from(rows.slice(i, i + 1)));
    const source = rows.sources.get(row['resource_id'] as bigint);
    const { recordedAt, ...event } = eventOfRow({
      ...row,
      time_us: row['event_time'],
      observed_us: row['observed_time'],
      trace: row['trace_id'],
      span: row['span_id'],
      has_source: source !== undefined,
      resource: source?.resource,
      scope_name: source?.scopeName ?? null,
      scope_version: source?.scopeVersion ?? null,
    });
    expect(recordedAt).toBe(0n);
    return event;
  });
}

function readRow(bytes: Buffer): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  let at = 2;
  expect(bytes.readInt16BE()).toBe(COLUMNS.length);
  for (const column of COLUMNS) {
    const size = bytes.readInt32BE(at);
    const value = bytes.subarray((at += 4), (at += Math.max(size, 0)));
    row[column] =
      size === -1 ? null : (readers[column]?.(value) ?? value.toString());
  }
  expect(at).toBe(bytes.length);
  return row;
}
