import type { CopyBuffer } from 'audit-event/store';
import { slot } from './attribute-slots';
import { JsonCursor } from './json-cursor';
import { KeysOfMap, MAX_DEPTH } from './keys-of-map';
import type { WriteMeta } from './write-draft';

const bytesOf = (text: string) => Buffer.from(text);
const VALUES = bytesOf('values');
const STRING = bytesOf('stringValue');
const BOOL = bytesOf('boolValue');
const INT = bytesOf('intValue');
const DOUBLE = bytesOf('doubleValue');
const LIST = bytesOf('arrayValue');
const MAP = bytesOf('kvlistValue');
const TRUE = bytesOf('true');
const FALSE = bytesOf('false');
const OPEN_PAIR = bytesOf('{"key":"');
const OPEN_VALUE = bytesOf(',"value":');

/** https://www.rfc-editor.org/rfc/rfc8259#section-6 */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const MAX_INTEGER_LENGTH = 15;

/** Writes `audit.meta` of an OTLP/JSON request: an AnyValue that is a map, as the JSON text of an object. */
export const writeJsonMeta: WriteMeta = (out, { bytes, starts, ends }) => {
  const cursor = new JsonCursor(bytes, starts[slot.meta]);
  const isMap = cursor.only(MAP, () => writeMap(out, cursor, 0));
  return isMap && cursor.at === ends[slot.meta];
};

/**
 * Writes a KeyValueList.
 *
 * @returns false, with a part of it written, for what has to be read in full: escapes by number, numbers that JSON
 * cannot say, bytes, repeated keys, many keys, deep nesting
 */
function writeMap(out: CopyBuffer, cursor: JsonCursor, depth: number): boolean {
  const keys = new KeysOfMap();
  if (depth === MAX_DEPTH) return false;
  out.byte(0x7b);
  const writePair = () => {
    if (!cursor.literal(OPEN_PAIR) || !cursor.restOfString()) return false;
    if (!keys.add(cursor.bytes, cursor.start, cursor.end)) return false;
    if (keys.count > 1) out.byte(0x2c);
    writeString(out, cursor);
    out.byte(0x3a);
    if (!cursor.literal(OPEN_VALUE)) return false;
    return writeValue(out, cursor, depth) && cursor.take(0x7d);
  };
  const isRead = cursor.only(VALUES, () => cursor.list(writePair));
  out.byte(0x7d);
  return isRead;
}

function writeList(
  out: CopyBuffer,
  cursor: JsonCursor,
  depth: number,
): boolean {
  if (depth === MAX_DEPTH) return false;
  out.byte(0x5b);
  let isFirst = true;
  const writeItem = () => {
    if (!isFirst) out.byte(0x2c);
    isFirst = false;
    return writeValue(out, cursor, depth);
  };
  const isRead = cursor.only(VALUES, () => cursor.list(writeItem));
  out.byte(0x5d);
  return isRead;
}

/** An AnyValue: an object of one member, or of none, which is null. */
function writeValue(
  out: CopyBuffer,
  cursor: JsonCursor,
  depth: number,
): boolean {
  if (!cursor.take(0x7b)) return false;
  if (cursor.take(0x7d)) {
    out.ascii('null');
    return true;
  }
  return cursor.name() && writeMember(out, cursor, depth) && cursor.take(0x7d);
}

function writeMember(
  out: CopyBuffer,
  cursor: JsonCursor,
  depth: number,
): boolean {
  if (cursor.is(STRING)) {
    if (!cursor.escapedString()) return false;
    writeString(out, cursor);
    return true;
  }
  if (cursor.is(INT)) return writeInteger(out, cursor);
  if (cursor.is(DOUBLE)) return writeDouble(out, cursor);
  if (cursor.is(BOOL)) return writeBool(out, cursor);
  if (cursor.is(LIST)) return writeList(out, cursor, depth + 1);
  return cursor.is(MAP) && writeMap(out, cursor, depth + 1);
}

/** The string passed last, as it is written: both sides are JSON. */
function writeString(out: CopyBuffer, { bytes, start, end }: JsonCursor): void {
  out.reserve(end - start + 2);
  out.byte(0x22);
  for (let at = start; at < end; at++) out.byte(bytes[at]!);
  out.byte(0x22);
}

function writeInteger(out: CopyBuffer, cursor: JsonCursor): boolean {
  if (!cursor.number()) return false;
  const text = textOf(cursor);
  if (text.length > MAX_INTEGER_LENGTH || !/^(?:0|-?[1-9]\d*)$/.test(text))
    return false;
  out.ascii(text);
  return true;
}

function writeDouble(out: CopyBuffer, cursor: JsonCursor): boolean {
  // A quoted one may be a word such as "NaN".
  if (cursor.take(0x22) || !cursor.number()) return false;
  const text = textOf(cursor);
  const value = Number(text);
  if (!NUMBER.test(text) || !Number.isFinite(value) || Object.is(value, -0))
    return false;
  out.ascii(String(value));
  return true;
}

function writeBool(out: CopyBuffer, cursor: JsonCursor): boolean {
  if (cursor.literal(TRUE)) out.ascii('true');
  else if (cursor.literal(FALSE)) out.ascii('false');
  else return false;
  return true;
}

function textOf({ bytes, start, end }: JsonCursor): string {
  return bytes.toString('latin1', start, end);
}
