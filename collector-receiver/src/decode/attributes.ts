import { emptyJsonObject } from 'audit-event';
import type { JsonObject, JsonValue } from 'audit-event';

/** Where the earlier values of a repeated key are kept. */
export const DUPLICATES = '$dup';

const duplicatesOf = new WeakMap<JsonObject, Record<string, JsonValue[]>>();

/**
 * Sets one attribute of a list. Of several with the same key, which OTLP leaves unspecified and .NET scopes produce,
 * the last wins, and the earlier values are kept in order under `$dup`.
 *
 * @returns whether the key was there before
 * @example
 * setAttribute(attributes, 'color', 'red'); // false
 * setAttribute(attributes, 'color', 'blue'); // true: { color: 'blue', $dup: { color: ['red'] } }
 */
export function setAttribute(
  attributes: JsonObject,
  key: string,
  value: JsonValue,
): boolean {
  const earlier = attributes[key];
  if (earlier === undefined) {
    attributes[key] = value;
    return false;
  }
  const kept = duplicatesOf.get(attributes);
  if (key === DUPLICATES) {
    keep(kept ?? startKeeping(attributes), key, value);
    return true;
  }
  attributes[key] = value;
  keep(kept ?? startKeeping(attributes), key, earlier);
  return true;
}

function startKeeping(attributes: JsonObject): Record<string, JsonValue[]> {
  const kept = emptyJsonObject() as Record<string, JsonValue[]>;
  // A sender's own attribute of that name moves inside.
  const foreign = attributes[DUPLICATES];
  if (foreign !== undefined) kept[DUPLICATES] = [foreign];
  attributes[DUPLICATES] = kept;
  duplicatesOf.set(attributes, kept);
  return kept;
}

function keep(
  kept: Record<string, JsonValue[]>,
  key: string,
  value: JsonValue,
): void {
  (kept[key] ??= []).push(value);
}
