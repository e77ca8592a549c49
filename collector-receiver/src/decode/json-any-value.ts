import { emptyJsonObject, isJsonObject } from 'audit-event';
import type { JsonObject, JsonValue } from 'audit-event';
import { setAttribute } from './attributes';
import { readDouble, readInt64 } from './json-number';
import { failReading, readList, readText } from './json-reading';
import type { JsonReading } from './json-reading';
import { limits } from './limits';

const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;

/**
 * An AnyValue of OTLP/JSON in JSON form; snake_case keys are read too, because some senders write them.
 *
 * @param depth in how many lists and maps it lies
 */
export function readJsonAnyValue(
  reading: JsonReading,
  value: unknown,
  depth: number,
): JsonValue {
  if (--reading.valuesLeft < 0)
    reading.failure ??= {
      reason: 'too-many-values',
      detail: `expected at most ${limits.valuesPerRecord} values`,
    };
  if (reading.failure || value === undefined || value === null) return null;
  if (!isJsonObject(value)) {
    failReading(
      reading,
      'a value',
      'an object such as {"stringValue":"..."}',
      value,
    );
    return null;
  }
  const text = value['stringValue'] ?? value['string_value'];
  if (isGiven(text)) return readText(reading, 'stringValue', text);
  const bool = value['boolValue'] ?? value['bool_value'];
  if (isGiven(bool)) return readBool(reading, bool);
  const integer = value['intValue'] ?? value['int_value'];
  if (isGiven(integer)) return readInt64(reading, integer);
  const double = value['doubleValue'] ?? value['double_value'];
  if (isGiven(double)) return readDouble(reading, double);
  const bytes = value['bytesValue'] ?? value['bytes_value'];
  if (isGiven(bytes)) return readBytes(reading, bytes);
  const list = value['arrayValue'] ?? value['array_value'];
  if (isGiven(list)) return readArray(reading, list, depth);
  const map = value['kvlistValue'] ?? value['kvlist_value'];
  if (isGiven(map)) return readMap(reading, map, depth);
  return null;
}

/** A list of KeyValue objects as one object. */
export function readJsonAttributes(
  reading: JsonReading,
  name: string,
  value: unknown,
  depth: number,
): JsonObject {
  const attributes = emptyJsonObject();
  for (const entry of readList(reading, name, value)) {
    if (!isJsonObject(entry)) {
      failReading(
        reading,
        `an entry of ${name}`,
        'an object with key and value',
        entry,
      );
      break;
    }
    const key = readText(reading, 'key', entry['key']);
    const read = readJsonAnyValue(reading, entry['value'], depth);
    if (setAttribute(attributes, key, read)) reading.sanitized = true;
  }
  return attributes;
}

function isGiven(member: JsonValue | undefined): member is JsonValue {
  return member !== undefined && member !== null;
}

function readBool(reading: JsonReading, value: JsonValue): JsonValue {
  if (typeof value === 'boolean') return value;
  failReading(reading, 'boolValue', 'true or false', value);
  return null;
}

function readBytes(reading: JsonReading, value: JsonValue): JsonValue {
  if (typeof value === 'string' && BASE64.test(value)) {
    reading.textRead += value.length;
    return { $bytes: Buffer.from(value, 'base64').toString('base64') };
  }
  failReading(reading, 'bytesValue', 'base64', value);
  return null;
}

function readArray(
  reading: JsonReading,
  value: JsonValue,
  depth: number,
): JsonValue {
  return listIn(reading, 'arrayValue', value, depth).map((item) =>
    readJsonAnyValue(reading, item, depth + 1),
  );
}

function readMap(
  reading: JsonReading,
  value: JsonValue,
  depth: number,
): JsonValue {
  const values = listIn(reading, 'kvlistValue', value, depth);
  return readJsonAttributes(reading, 'kvlistValue.values', values, depth + 1);
}

/** The `values` of a list or map, empty when the nesting ends here. */
function listIn(
  reading: JsonReading,
  name: string,
  value: JsonValue,
  depth: number,
): unknown[] {
  if (depth >= limits.depth)
    reading.failure ??= {
      reason: 'too-deep',
      detail: `expected at most ${limits.depth} lists and maps inside each other`,
    };
  else if (!isJsonObject(value))
    failReading(reading, name, 'an object with values', value);
  else return readList(reading, `${name}.values`, value['values']);
  return [];
}
