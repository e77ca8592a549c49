import type { AuditEvent, EventSource } from '../audit-event';
import { COLUMNS, writeEvent } from './columns';
import { CopyBuffer } from './copy-buffer';
import { EventCounts } from './counts/event-counts';
import { monthOf } from './months';
import type { Month } from './months';
import { resourceIdOf } from './resource-id';

/** The batch that brings rows. */
export interface RowContext {
  recordedAt: Date;
  receiverId: number;
  /** One more than the last batch committed on the receiver's connection. */
  receiverSeq: number;
}

/** Bytes of the columns that name the batch: size and value of each. */
const BATCH_BYTES = 12 + 12 + 8 + 8;

/**
 * The rows of one request as Postgres takes them, made when the request comes: what is known only at its commit is
 * filled in then. Between `begin` and `end` or `drop` whoever knows the columns writes one row into `out`; `add` does
 * all of it for an event.
 *
 * @example
 * const rows = new Rows();
 * rows.add(event, 0);
 */
export class Rows {
  readonly out: CopyBuffer;
  /** Of the events, for whom a partition must be there. */
  readonly months = new Set<Month>();
  readonly sources = new Map<bigint, EventSource>();
  readonly counts = new EventCounts();
  /** Microseconds since 1970. */
  minTime = Infinity;
  maxTime = -Infinity;
  /** Which record of the request each row comes from, counted from 0. */
  readonly records: number[] = [];
  private readonly starts: number[] = [];
  /** The times whose month is known to be in `months`. */
  private knownFrom = 0;
  private knownTo = 0;
  private lastSource: EventSource | undefined;

  constructor(initialBytes?: number) {
    this.out = new CopyBuffer(initialBytes);
  }

  get count(): number {
    return this.records.length;
  }

  /** Adds the row of an event. */
  add(event: AuditEvent, record: number): void {
    this.begin();
    writeEvent(this.out, event);
    this.end(Number(event.time / 1000n), event.source, record);
  }

  begin(): void {
    this.starts.push(this.out.length);
    this.out.beginRow(COLUMNS.length);
    this.out.reserve(BATCH_BYTES);
    this.out.length += BATCH_BYTES;
  }

  /** Ends the row begun. */
  end(time: number, source: EventSource | undefined, record: number): void {
    this.records.push(record);
    const start = this.starts.at(-1)! + 2 + BATCH_BYTES;
    this.counts.noteRow(this.out.bytes, start, time);
    if (time < this.minTime) this.minTime = time;
    if (time > this.maxTime) this.maxTime = time;
    if (time < this.knownFrom || time >= this.knownTo) this.noteMonth(time);
    if (source !== this.lastSource) this.noteSource(source);
  }

  /** Takes the row begun back. */
  drop(): void {
    this.out.length = this.starts.pop()!;
  }

  /** Takes all rows back. */
  clear(): void {
    this.out.length = 0;
    this.starts.splice(0);
    this.records.splice(0);
    this.months.clear();
    this.sources.clear();
    this.counts.clear();
    this.minTime = Infinity;
    this.maxTime = -Infinity;
    this.knownTo = this.knownFrom = 0;
    this.lastSource = undefined;
  }

  /** Fills in the batch of all rows, the first of which has the place `firstIndex` in it. */
  place(context: RowContext, firstIndex: number): void {
    const batch = new CopyBuffer(BATCH_BYTES);
    batch.microseconds(context.recordedAt.getTime() * 1_000);
    batch.int8(context.receiverSeq);
    batch.int4(context.receiverId);
    batch.int4(firstIndex);
    const { bytes } = this.out;
    for (let i = 0; i < this.starts.length; i++) {
      const at = this.starts[i]! + 2;
      batch.bytes.copy(bytes, at);
      bytes.writeInt32BE(firstIndex + i, at + BATCH_BYTES - 4);
    }
  }

  /** The bytes of the rows from one to before another. */
  slice(from: number, to: number): Uint8Array {
    const end = this.starts[to] ?? this.out.length;
    return this.out.bytes.subarray(this.starts[from], end);
  }

  private noteMonth(time: number): void {
    const month = monthOf(time);
    if (month === undefined) return;
    this.months.add(month);
    const date = new Date(Math.floor(time / 1_000));
    const [year, index] = [date.getUTCFullYear(), date.getUTCMonth()];
    this.knownFrom = Date.UTC(year, index) * 1_000;
    this.knownTo = Date.UTC(year, index + 1) * 1_000;
  }

  private noteSource(source: EventSource | undefined): void {
    this.lastSource = source;
    const id = resourceIdOf(source);
    if (source && id !== undefined) this.sources.set(id, source);
  }
}
