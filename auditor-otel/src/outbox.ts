import type { EventSource, SeverityLevel } from 'audit-event';

/** One record on its way: its final bytes, and what the outbox must know of it. */
export interface Frame {
  /** The id of the event, for messages. */
  id: string;
  severityLevel: SeverityLevel;
  /** Its place in the stream. */
  sequence: number;
  /** The encoded OTLP LogRecord: every try sends exactly these. */
  bytes: Uint8Array;
}

/** Records that are sent in one request. All are of one source, so one resource describes them. */
export interface Batch {
  source: EventSource;
  frames: readonly Frame[];
}

/** What became of a batch: the receiver has it, it must be sent again, or the receiver will never take it. */
export type Settlement = 'sent' | 'retry' | 'refused';

/** How much an outbox holds. */
export interface OutboxSize {
  /** All that is not settled, `taken` included. */
  records: number;
  bytes: number;
  /** What `take` can still give. */
  waitingRecords: number;
  waitingBytes: number;
}

/** Keeps records from when they are made until the receiver has them. */
export interface Outbox {
  /** Takes a record in; `full` means that it was not kept. */
  append(frame: Frame): 'queued' | 'full';
  /** The oldest records that fit one request, at least one; undefined when none waits. They stay until they are settled. */
  take(maxRecords: number, maxBytes: number): Batch | undefined;
  /** Says what became of a batch that was taken, or of a part of one. */
  settle(batch: Batch, settlement: Settlement): void;
  size(): OutboxSize;
}
