import { attribute } from 'audit-event';
import type { RuleSubject } from 'audit-event/exclude';
import { textOf } from './text-of';
import { slot } from './attribute-slots';

const SLOTS = Object.keys(attribute).length;
/** Fields of a log record that are texts, behind the attributes. */
export const SEVERITY_TEXT = SLOTS;
export const BODY = SLOTS + 1;
export const EVENT_NAME = SLOTS + 2;
export const TRACE_ID = SLOTS + 3;
export const SPAN_ID = SLOTS + 4;
const ALL = SLOTS + 5;

/**
 * One record of our own emitter, not yet read: where in the request's bytes each field lies. One draft serves all
 * records, one after the other. What rules ask for becomes a string when they ask.
 */
export class Draft implements RuleSubject {
  /** Of the request. */
  readonly bytes: Buffer;
  readonly starts = new Int32Array(ALL);
  readonly ends = new Int32Array(ALL);
  /** Microseconds since 1970, and the nanoseconds below them; 0 when absent. */
  time = 0;
  nanos = 0;
  observed = 0;
  observedNanos = 0;
  severityNumber = 0;
  /** -1 when absent. */
  sequence = -1;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  /** Forgets the record before. */
  clear(): void {
    this.starts.fill(-1);
    this.time = this.nanos = this.observed = this.observedNanos = 0;
    this.severityNumber = 0;
    this.sequence = -1;
  }

  setTime(microseconds: number, nanos: number): void {
    this.time = microseconds;
    this.nanos = nanos;
  }

  setObserved(microseconds: number, nanos: number): void {
    this.observed = microseconds;
    this.observedNanos = nanos;
  }

  has(field: number): boolean {
    return this.starts[field]! >= 0;
  }

  /** Notes where a field lies. @returns false when it was there before */
  set(field: number, start: number, end: number): boolean {
    if (this.starts[field]! >= 0) return false;
    this.starts[field] = start;
    this.ends[field] = end;
    return true;
  }

  get actorId(): string {
    return this.text(slot.actorId);
  }
  get eventId(): string {
    return this.text(slot.eventId);
  }
  get pluginId(): string {
    return this.text(slot.pluginId);
  }
  get severityLevel(): string {
    return this.text(slot.severity);
  }
  get status(): string {
    return this.text(slot.status);
  }
  get actionType(): string | undefined {
    return this.optional(slot.actionType);
  }
  get queryType(): string | undefined {
    return this.optional(slot.queryType);
  }
  get requestMethod(): string | undefined {
    return this.optional(slot.requestMethod);
  }
  get requestPath(): string | undefined {
    return this.optional(slot.urlPath);
  }

  private text(field: number): string {
    return textOf(this.bytes, this.starts[field]!, this.ends[field]!);
  }

  private optional(field: number): string | undefined {
    return this.has(field) ? this.text(field) : undefined;
  }
}
