import { isJsonObject } from 'audit-event';
import type { JsonValue } from 'audit-event';

const TAGGED_DOUBLES = new Map([
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
  ['-0', -0],
]);

/** What a JSON object stands for when it is one of the tags for what JSON cannot say, else undefined. */
export type Untagged =
  | { kind: 'double'; value: number; text: string }
  | { kind: 'bytes'; value: Buffer };

/**
 * Reads the tags `{"$double":"NaN"}` and `{"$bytes":"<base64>"}`; any other object is just an object.
 *
 * @example
 * untagged({ $double: '-0' }); // { kind: 'double', value: -0, text: '-0' }
 */
export function untagged(value: JsonValue): Untagged | undefined {
  if (!isJsonObject(value)) return undefined;
  const { $double: text, $bytes: base64 } = value;
  if (typeof text !== 'string' && typeof base64 !== 'string') return undefined;
  if (Object.keys(value).length !== 1) return undefined;
  if (typeof text === 'string') {
    const double = TAGGED_DOUBLES.get(text);
    return double === undefined
      ? undefined
      : { kind: 'double', value: double, text };
  }
  const bytes = Buffer.from(base64 as string, 'base64');
  return bytes.toString('base64') === base64
    ? { kind: 'bytes', value: bytes }
    : undefined;
}

/** Whether a number is sent as an integer: OTLP has 64 bits for it, JavaScript is exact up to 53. */
export function isInteger(value: number): boolean {
  return Number.isSafeInteger(value) && !Object.is(value, -0);
}
