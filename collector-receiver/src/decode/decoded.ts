import type { EventFlag, EventSource, LogRecord } from 'audit-event';

/** Why a record cannot be read: the code under which it is kept aside and counted. */
export const unreadableReasons = [
  'invalid-utf8',
  'too-deep',
  'too-many-values',
  'too-scattered',
  'broken-record',
  'bad-value',
] as const;
export type UnreadableReason = (typeof unreadableReasons)[number];

/** A record that was read. One `source` object is shared by all records of an instrumentation scope. */
export interface ReadRecord {
  status: 'read';
  record: LogRecord;
  source: EventSource;
  /** Bytes of the record on the wire, in JSON about so; no text in it has more UTF-16 units. */
  size: number;
  /** What reading it changed. */
  flags: readonly EventFlag[];
  /** A request in the encoding it came in that holds this record alone: it can be sent again as it is. */
  raw: () => Uint8Array;
}

/** A record that could not be read, with its bytes as in `ReadRecord.raw`; its neighbours are not affected. */
export interface UnreadableRecord {
  status: 'unreadable';
  reason: UnreadableReason;
  /** One sentence for the person who looks at it. */
  detail: string;
  raw: Uint8Array;
}

export type DecodedRecord = ReadRecord | UnreadableRecord;

/**
 * What a request held. `malformed`: the envelope is broken, so no record can be told from the next; `too-large`: more
 * records than a request may hold.
 */
export type Decoded =
  | { status: 'decoded'; records: DecodedRecord[] }
  | { status: 'malformed'; reason: string }
  | { status: 'too-large'; reason: string };
