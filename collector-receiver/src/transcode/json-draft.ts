import { slot, slotOf } from './attribute-slots';
import { BODY, EVENT_NAME, SEVERITY_TEXT, SPAN_ID, TRACE_ID } from './draft';
import type { Draft } from './draft';
import { JsonCursor } from './json-cursor';
import { MAX_SECONDS } from './nanoseconds';

const bytesOf = (text: string) => Buffer.from(text);
const ATTRIBUTES = bytesOf('attributes');
const OPEN_PAIR = bytesOf('{"key":"');
const OPEN_VALUE = bytesOf(',"value":');
const OPEN_STRING = bytesOf('{"stringValue":"');
const OPEN_INTEGER = bytesOf('{"intValue":');
const CLOSE_MAP = 0x7d;
const TIME = bytesOf('timeUnixNano');
const OBSERVED_TIME = bytesOf('observedTimeUnixNano');
const SEVERITY_NUMBER = bytesOf('severityNumber');
const BODY_NAME = bytesOf('body');
/** Members that are texts, and where they go. */
const TEXTS = [
  { name: bytesOf('severityText'), field: SEVERITY_TEXT },
  { name: bytesOf('eventName'), field: EVENT_NAME },
  { name: bytesOf('traceId'), field: TRACE_ID },
  { name: bytesOf('spanId'), field: SPAN_ID },
];

/** Reads records as our own emitter writes them in OTLP/JSON; one of them serves all records of a request. */
export class JsonDrafts {
  readonly cursor: JsonCursor;
  private readonly draft: Draft;
  private hasAttributes = false;

  constructor(draft: Draft) {
    this.draft = draft;
    this.cursor = new JsonCursor(draft.bytes);
  }

  /**
   * Finds the fields of the record at the cursor.
   *
   * @returns false for any record that is not just so: it has to be read in full, and the cursor is somewhere in it
   */
  next(): boolean {
    this.draft.clear();
    this.hasAttributes = false;
    return this.cursor.map(this.member);
  }

  private readonly member = (cursor: JsonCursor): boolean => {
    const { draft } = this;
    if (cursor.is(ATTRIBUTES)) return this.attributes();
    if (cursor.is(TIME)) return draft.time === 0 && this.time(false);
    if (cursor.is(OBSERVED_TIME))
      return draft.observed === 0 && this.time(true);
    if (cursor.is(SEVERITY_NUMBER)) return this.severityNumber();
    if (cursor.is(BODY_NAME)) return this.stringInto(BODY);
    for (let i = 0; i < TEXTS.length; i++)
      if (cursor.is(TEXTS[i]!.name))
        return cursor.string() && this.set(TEXTS[i]!.field);
    return false;
  };

  private attributes(): boolean {
    if (this.hasAttributes) return false;
    this.hasAttributes = true;
    return this.cursor.list(this.attribute);
  }

  private readonly attribute = (cursor: JsonCursor): boolean => {
    if (!cursor.literal(OPEN_PAIR) || !cursor.restOfString()) return false;
    if (cursor.end === cursor.start) return false;
    const field = slotOf(cursor.bytes, cursor.start, cursor.end);
    if (field < 0 || !cursor.literal(OPEN_VALUE)) return false;
    return this.value(field) && cursor.take(CLOSE_MAP);
  };

  private value(field: number): boolean {
    if (field === slot.sequence) return this.sequence();
    if (field === slot.meta) return this.cursor.nested() && this.set(field);
    return this.stringInto(field);
  }

  private stringInto(field: number): boolean {
    const { cursor } = this;
    if (!cursor.literal(OPEN_STRING) || !cursor.restOfString()) return false;
    return this.set(field) && cursor.take(CLOSE_MAP);
  }

  private sequence(): boolean {
    const { cursor, draft } = this;
    if (draft.sequence >= 0 || !cursor.literal(OPEN_INTEGER)) return false;
    if (!cursor.number() || cursor.end - cursor.start > 15) return false;
    draft.sequence = digits(cursor.bytes, cursor.start, cursor.end);
    return draft.sequence >= 0 && cursor.take(CLOSE_MAP);
  }

  private severityNumber(): boolean {
    const { cursor, draft } = this;
    if (!cursor.number() || cursor.end - cursor.start > 2) return false;
    draft.severityNumber = digits(cursor.bytes, cursor.start, cursor.end);
    return draft.severityNumber >= 0;
  }

  /** Nanoseconds of 10 to 19 digits: seconds, and nine digits below them. */
  private time(isObserved: boolean): boolean {
    const { cursor } = this;
    const { bytes } = cursor;
    if (!cursor.string()) return false;
    const { start, end } = cursor;
    if (end - start < 10 || end - start > 19) return false;
    if (bytes[start] === 0x30) return false;
    const seconds = digits(bytes, start, end - 9);
    const microseconds = digits(bytes, end - 9, end - 3);
    const nanos = digits(bytes, end - 3, end);
    if (seconds >= MAX_SECONDS) return false;
    if (seconds < 0 || microseconds < 0 || nanos < 0) return false;
    const time = seconds * 1_000_000 + microseconds;
    if (isObserved) this.draft.setObserved(time, nanos);
    else this.draft.setTime(time, nanos);
    return true;
  }

  private set(field: number): boolean {
    return this.draft.set(field, this.cursor.start, this.cursor.end);
  }
}

/** A number of digits alone, up to 15 of them; -1 for anything else. */
function digits(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) {
    const digit = bytes[at]! - 0x30;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}
