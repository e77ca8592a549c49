import { emptyJsonObject } from 'audit-event';
import type { JsonObject, JsonValue } from 'audit-event';
import { setAttribute } from './attributes';
import { limits } from './limits';
import { doubleValue } from './number-value';
import type { ProtobufReader } from './protobuf-reader';

/**
 * An AnyValue in JSON form (opentelemetry/proto/common/v1/common.proto): string_value 1, bool_value 2, int_value 3,
 * double_value 4, array_value 5, kvlist_value 6, bytes_value 7. Empty is null. String table indexes belong to the
 * profiles signal and are treated as absent.
 *
 * @param depth in how many lists and maps it lies
 */
export function readAnyValue(reader: ProtobufReader, depth: number): JsonValue {
  if (--reader.valuesLeft < 0)
    reader.fail(
      'too-many-values',
      `expected at most ${limits.valuesPerRecord} values`,
    );
  let value: JsonValue = null;
  let list: JsonValue[] | undefined;
  let map: JsonObject | undefined;
  for (let tag = reader.nextTag(); tag !== 0; tag = reader.nextTag()) {
    const last: JsonValue = value;
    switch (tag) {
      case 0x0a:
        value = reader.readString();
        break;
      case 0x10:
        value = reader.readBool();
        break;
      case 0x18:
        value = reader.readInt64();
        break;
      case 0x21:
        value = doubleValue(reader.readDouble());
        break;
      case 0x2a:
        // A list or map that comes twice in a row is one in two pieces.
        value = list = last !== null && last === list ? list : [];
        readNested(reader, depth, list, readList);
        break;
      case 0x32:
        value = map = last !== null && last === map ? map : emptyJsonObject();
        readNested(reader, depth, map, readMap);
        break;
      case 0x3a:
        value = readBytes(reader);
        break;
      default:
        reader.skip(tag);
    }
  }
  return value;
}

/** A KeyValue: key 1, value 2. Without a value it is null. */
export function readKeyValue(
  reader: ProtobufReader,
  into: JsonObject,
  depth: number,
): void {
  let key = '';
  let pieces: number[] | undefined;
  for (let tag = reader.nextTag(); tag !== 0; tag = reader.nextTag()) {
    if (tag === 0x0a) key = reader.readString();
    else if (tag === 0x12) (pieces ??= []).push(reader.readSpan(), reader.pos);
    else reader.skip(tag);
  }
  const value =
    pieces === undefined
      ? null
      : reader.readPieces(pieces, () => readAnyValue(reader, depth));
  if (setAttribute(into, key, value)) reader.sanitized = true;
}

function readNested<T>(
  reader: ProtobufReader,
  depth: number,
  into: T,
  read: (reader: ProtobufReader, depth: number, into: T) => void,
): void {
  if (depth >= limits.depth)
    reader.fail(
      'too-deep',
      `expected at most ${limits.depth} lists and maps inside each other`,
    );
  else reader.readMessage(() => read(reader, depth + 1, into));
}

function readList(
  reader: ProtobufReader,
  depth: number,
  into: JsonValue[],
): void {
  for (let tag = reader.nextTag(); tag !== 0; tag = reader.nextTag()) {
    if (tag === 0x0a)
      into.push(reader.readMessage(() => readAnyValue(reader, depth)));
    else reader.skip(tag);
  }
}

function readMap(
  reader: ProtobufReader,
  depth: number,
  into: JsonObject,
): void {
  for (let tag = reader.nextTag(); tag !== 0; tag = reader.nextTag()) {
    if (tag === 0x0a)
      reader.readMessage(() => readKeyValue(reader, into, depth));
    else reader.skip(tag);
  }
}

function readBytes(reader: ProtobufReader): JsonValue {
  const start = reader.readSpan();
  return { $bytes: reader.bytes.toString('base64', start, reader.pos) };
}
