import { slot, slotOf } from './attribute-slots';
import { BODY, EVENT_NAME, SEVERITY_TEXT, SPAN_ID, TRACE_ID } from './draft';
import type { Draft } from './draft';
import { MAX_HIGH, microsecondsOf, nanosecondsBelow } from './nanoseconds';
import { ProtobufSpan } from './protobuf-span';

/** The length-delimited value read last. */
const value = new ProtobufSpan();

/**
 * Finds the fields of a LogRecord as our own emitter writes it; their numbers are at the type `LogRecord`.
 *
 * @returns false for any record that is not just so: it has to be read in full
 */
export function draftOfProtobuf(
  draft: Draft,
  from: number,
  to: number,
): boolean {
  const { bytes } = draft;
  let low = 0;
  let high = 0;
  draft.clear();
  for (let at = from; at < to;) {
    switch (bytes[at++]) {
      case 0x09:
        if (at + 8 > to) return false;
        low = uint32(bytes, at);
        high = uint32(bytes, at + 4);
        if (high >= MAX_HIGH) return false;
        draft.setTime(microsecondsOf(high, low), nanosecondsBelow(high, low));
        at += 8;
        break;
      case 0x59:
        if (at + 8 > to) return false;
        low = uint32(bytes, at);
        high = uint32(bytes, at + 4);
        if (high >= MAX_HIGH) return false;
        draft.setObserved(
          microsecondsOf(high, low),
          nanosecondsBelow(high, low),
        );
        at += 8;
        break;
      case 0x10:
        // A tag without a value: the next byte is of another record.
        if (at === to) return false;
        draft.severityNumber = bytes[at++]!;
        if (draft.severityNumber >= 0x80) return false;
        break;
      case 0x1a:
        if (!value.read(bytes, at, to)) return false;
        if (!draft.set(SEVERITY_TEXT, value.start, (at = value.end)))
          return false;
        break;
      case 0x2a:
        if (!value.read(bytes, at, to)) return false;
        at = value.end;
        if (!stringValue(bytes) || !draft.set(BODY, value.start, value.end))
          return false;
        break;
      case 0x32:
        if (!value.read(bytes, at, to)) return false;
        at = value.end;
        if (!attributeOf(draft)) return false;
        break;
      case 0x4a:
        if (!value.read(bytes, at, to) || value.end - value.start !== 16)
          return false;
        if (!draft.set(TRACE_ID, value.start, (at = value.end))) return false;
        break;
      case 0x52:
        if (!value.read(bytes, at, to) || value.end - value.start !== 8)
          return false;
        if (!draft.set(SPAN_ID, value.start, (at = value.end))) return false;
        break;
      case 0x62:
        if (!value.read(bytes, at, to)) return false;
        if (!draft.set(EVENT_NAME, value.start, (at = value.end))) return false;
        break;
      default:
        return false;
    }
  }
  return true;
}

/** A KeyValue between `start` and `end`: its key, then a string, or what `audit.meta` and the sequence number are. */
function attributeOf(draft: Draft): boolean {
  const { bytes } = draft;
  const outerEnd = value.end;
  if (
    bytes[value.start] !== 0x0a ||
    !value.read(bytes, value.start + 1, outerEnd)
  )
    return false;
  const field = slotOf(bytes, value.start, value.end);
  if (field < 0 || bytes[value.end] !== 0x12) return false;
  // The value has to be all that is left.
  if (!value.read(bytes, value.end + 1, outerEnd) || value.end !== outerEnd)
    return false;
  if (field === slot.sequence) return sequenceOf(draft);
  if (field === slot.meta) {
    if (
      bytes[value.start] !== 0x32 ||
      !value.read(bytes, value.start + 1, outerEnd)
    )
      return false;
    return value.end === outerEnd && draft.set(field, value.start, value.end);
  }
  return stringValue(bytes) && draft.set(field, value.start, value.end);
}

/** An AnyValue between `start` and `end` that is one string, which lies there then. */
function stringValue(bytes: Uint8Array): boolean {
  const outerEnd = value.end;
  if (
    bytes[value.start] !== 0x0a ||
    !value.read(bytes, value.start + 1, outerEnd)
  )
    return false;
  return value.end === outerEnd;
}

/** An AnyValue that is one small non-negative integer. */
function sequenceOf(draft: Draft): boolean {
  const { bytes } = draft;
  if (bytes[value.start] !== 0x18 || draft.sequence >= 0) return false;
  let sequence = 0;
  let factor = 1;
  for (let at = value.start + 1; at < value.end; at++) {
    const byte = bytes[at]!;
    sequence += (byte & 0x7f) * factor;
    factor *= 128;
    if (byte >= 0x80) continue;
    draft.sequence = sequence;
    // Seven bytes hold 49 bits, all of them exact in a double.
    return at + 1 === value.end && value.end - value.start <= 8;
  }
  return false;
}

function uint32(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at]! |
      (bytes[at + 1]! << 8) |
      (bytes[at + 2]! << 16) |
      (bytes[at + 3]! << 24)) >>>
    0
  );
}
