/** A value that JSON can hold. */
export type JsonValue =
  null | boolean | number | string | JsonValue[] | JsonObject;

/** A JSON object. Objects made from foreign data inherit nothing, so that a key `__proto__` is data. */
export interface JsonObject {
  [key: string]: JsonValue;
}

/** Objects of a class stay fast; those of `Object.create(null)` are dictionaries from the start, three times as slow to fill and list. */
const Empty = function () {} as unknown as new () => JsonObject;
Empty.prototype = Object.freeze(Object.create(null));

/**
 * An empty object that is safe to fill with foreign keys.
 *
 * @example
 * const meta = emptyJsonObject();
 * meta['__proto__'] = 1; // an ordinary key
 */
export function emptyJsonObject(): JsonObject {
  return new Empty();
}

/** Whether a value is a JSON object: not null, not an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
