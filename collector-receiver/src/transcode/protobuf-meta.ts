import { isUtf8 } from 'node:buffer';
import type { CopyBuffer } from 'audit-event/store';
import { slot } from './attribute-slots';
import { KeysOfMap, MAX_DEPTH } from './keys-of-map';
import { ProtobufSpan } from './protobuf-span';
import type { WriteMeta } from './write-draft';

const HEX = Buffer.from('0123456789abcdef');
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Writes `audit.meta` of a protobuf request. */
export const writeProtobufMeta: WriteMeta = (out, { bytes, starts, ends }) =>
  writeMap(out, bytes, starts[slot.meta]!, ends[slot.meta]!, 0);

/**
 * Writes a KeyValueList as the JSON text of an object.
 *
 * @returns false, with a part of it written, for what has to be read in full: text that Postgres refuses, numbers that
 * JSON cannot say, bytes, repeated keys, many keys, deep nesting
 */
function writeMap(
  out: CopyBuffer,
  bytes: Uint8Array,
  from: number,
  to: number,
  depth: number,
): boolean {
  const pair = new ProtobufSpan();
  const part = new ProtobufSpan();
  const keys = new KeysOfMap();
  if (depth === MAX_DEPTH) return false;
  out.byte(0x7b);
  for (let at = from; at < to; at = pair.end) {
    if (bytes[at] !== 0x0a || !pair.read(bytes, at + 1, to)) return false;
    if (bytes[pair.start] !== 0x0a) return false;
    if (!part.read(bytes, pair.start + 1, pair.end)) return false;
    if (!keys.add(bytes, part.start, part.end)) return false;
    if (keys.count > 1) out.byte(0x2c);
    if (!writeString(out, bytes, part.start, part.end)) return false;
    out.byte(0x3a);
    const at2 = part.end;
    if (bytes[at2] !== 0x12 || !part.read(bytes, at2 + 1, pair.end))
      return false;
    if (part.end !== pair.end) return false;
    if (!writeValue(out, bytes, part.start, part.end, depth)) return false;
  }
  out.byte(0x7d);
  return true;
}

function writeList(
  out: CopyBuffer,
  bytes: Uint8Array,
  from: number,
  to: number,
  depth: number,
): boolean {
  const item = new ProtobufSpan();
  if (depth === MAX_DEPTH) return false;
  out.byte(0x5b);
  for (let at = from; at < to; at = item.end) {
    if (bytes[at] !== 0x0a || !item.read(bytes, at + 1, to)) return false;
    if (at > from) out.byte(0x2c);
    if (!writeValue(out, bytes, item.start, item.end, depth)) return false;
  }
  out.byte(0x5d);
  return true;
}

/** An AnyValue; its field numbers are at `readAnyValue`. */
function writeValue(
  out: CopyBuffer,
  bytes: Uint8Array,
  start: number,
  end: number,
  depth: number,
): boolean {
  if (start === end) {
    out.ascii('null');
    return true;
  }
  const tag = bytes[start]!;
  if (tag === 0x10) {
    if (end - start !== 2 || bytes[start + 1]! > 1) return false;
    out.ascii(bytes[start + 1] === 1 ? 'true' : 'false');
    return true;
  }
  if (tag === 0x18) return writeInteger(out, bytes, start + 1, end);
  if (tag === 0x21) return writeDouble(out, bytes, start + 1, end);
  const value = new ProtobufSpan();
  if (!value.read(bytes, start + 1, end) || value.end !== end) return false;
  if (tag === 0x0a) return writeString(out, bytes, value.start, end);
  if (tag === 0x2a) return writeList(out, bytes, value.start, end, depth + 1);
  if (tag === 0x32) return writeMap(out, bytes, value.start, end, depth + 1);
  return false;
}

/** A varint: of up to 49 bits, or of ten bytes, which is a negative number in two's complement. */
function writeInteger(
  out: CopyBuffer,
  bytes: Uint8Array,
  start: number,
  end: number,
): boolean {
  const isNegative = end - start === 10;
  if (end === start || (end - start > 7 && !isNegative)) return false;
  let value = 0;
  let factor = 1;
  for (let at = start; at < end - 1; at++) {
    const byte = bytes[at]!;
    if (byte < 0x80) return false;
    value += ((isNegative ? ~byte : byte) & 0x7f) * factor;
    factor *= 128;
  }
  const last = bytes[end - 1]!;
  if (isNegative ? last !== 1 : last >= 0x80) return false;
  value = isNegative ? -value - 1 : value + last * factor;
  if (!Number.isSafeInteger(value)) return false;
  out.ascii(String(value));
  return true;
}

function writeDouble(
  out: CopyBuffer,
  bytes: Uint8Array,
  start: number,
  end: number,
): boolean {
  if (end - start !== 8) return false;
  const value = new DataView(
    bytes.buffer,
    bytes.byteOffset + start,
    8,
  ).getFloat64(0, true);
  if (!Number.isFinite(value) || Object.is(value, -0)) return false;
  out.ascii(String(value));
  return true;
}

function writeString(
  out: CopyBuffer,
  bytes: Uint8Array,
  start: number,
  end: number,
): boolean {
  let seen = 0;
  out.reserve(2 + (end - start) * 6);
  out.byte(QUOTE);
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    seen |= byte;
    if (byte >= 0x20 && byte !== QUOTE && byte !== BACKSLASH) out.byte(byte);
    else if (byte >= 0x20) {
      out.byte(BACKSLASH);
      out.byte(byte);
    } else if (byte === 0) return false;
    else {
      out.ascii('\\u00');
      out.byte(HEX[byte >> 4]!);
      out.byte(HEX[byte & 15]!);
    }
  }
  out.byte(QUOTE);
  return seen < 0x80 || isUtf8(bytes.subarray(start, end));
}
