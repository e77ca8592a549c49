import type { EventSource, SeverityLevel } from 'audit-event';
import type { EncodingName } from './encoding';

/** One record on its way: its final bytes, and what the outbox must know of it. */
export interface Frame {
  /** The id of the event, for messages. */
  id: string;
  severityLevel: SeverityLevel;
  /** Never gives way to others, whatever its severity: the audit trail's own records. */
  isKept: boolean;
  /** Its place in the stream. */
  sequence: number;
  /** The encoded OTLP LogRecord: every try sends exactly these. */
  bytes: Uint8Array;
}

/** What all records of a stream have in common. */
export interface StreamKind {
  /** A UUID, one per start of the process. */
  streamId: string;
  encoding: EncodingName;
  source: EventSource;
}

/** Records that are sent in one request. All are of one stream, so one resource describes them. */
export interface Batch extends StreamKind {
  frames: readonly Frame[];
}

/** What became of a batch: the receiver has it, it must be sent again, or the receiver will never take it. */
export type Settlement = 'sent' | 'retry' | 'refused';

/** How much an outbox holds. */
export interface OutboxSize {
  /** All that is not settled, `taken` included; of a segment that was not read yet, at least one. */
  records: number;
  bytes: number;
  /** What `take` can still give. */
  waitingRecords: number;
  waitingBytes: number;
}

/** Where a record is: on the disk of this machine, in the memory of this process alone, or nowhere after all. */
export type Keeping = 'spool' | 'memory' | 'lost';

/** Told of a record that was taken in and will not be given out: why is one of a few reasons. */
export type OnDropped = (frame: Frame, reason: string) => void;

/** Why a record made room for another one. */
export const GAVE_WAY = 'the queue is full, and a more severe record came';

/** Keeps records from when they are made until the receiver has them. */
export interface Outbox {
  /**
   * Takes a record in; `full` means that it was not kept.
   *
   * @param kept told once where it is kept
   */
  append(frame: Frame, kept?: (keeping: Keeping) => void): 'queued' | 'full';
  /** The oldest records that fit one request, at least one; undefined when none waits. They stay until they are settled. */
  take(maxRecords: number, maxBytes: number): Batch | undefined;
  /** Says what became of a batch that was taken, or of a part of one. */
  settle(batch: Batch, settlement: Settlement): void;
  size(): OutboxSize;
}
