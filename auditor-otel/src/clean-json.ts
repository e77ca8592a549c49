import { emptyJsonObject } from 'audit-event';
import type { JsonObject, JsonValue } from 'audit-event';
import { cleanText, isTooLong } from './clean-text';
import { META_MAX_DEPTH, META_MAX_VALUES, STRING_MAX_BYTES } from './limits';
import { redactSecrets } from './redact-secrets';

/** Stands where a limit cut a value off. */
export const TRUNCATED = '[truncated]';

/** What is left of a value in JSON, and whether a limit cut it. */
export interface CleanJson {
  meta: JsonObject;
  truncated: boolean;
}

/** How much `cleanJson` lets through. */
export interface CleanLimits {
  maxDepth?: number | undefined;
  maxValues?: number | undefined;
  /** Per string, in bytes of UTF-8. */
  maxStringBytes?: number | undefined;
  /** All together: strings and keys in bytes, and eight for each value. */
  maxBytes?: number | undefined;
}

/**
 * Any JavaScript value as a JSON object, for `meta`. Never throws.
 *
 * A Date becomes its ISO text, a BigInt its digits, a Map an object, a Set an array, an Error its name and message,
 * bytes `{"$bytes":"<base64>"}`, NaN, the infinities and -0 `{"$double":"NaN"}`. Functions, symbols and undefined are
 * left out. What contains itself is `[circular]`, a getter that throws `[unreadable]`, what is beyond a limit `[truncated]`.
 *
 * @example
 * cleanJson({ at: new Date(0), size: 10n }).meta; // { at: '1970-01-01T00:00:00.000Z', size: '10' }
 */
export function cleanJson(value: unknown, limits: CleanLimits = {}): CleanJson {
  const cleaner = new Cleaner(limits);
  if (value === undefined || value === null)
    return { meta: emptyJsonObject(), truncated: false };
  const clean = cleaner.clean(value, 0);
  const isObject =
    typeof clean === 'object' && clean !== null && !Array.isArray(clean);
  const meta = isObject ? clean : emptyJsonObject();
  if (!isObject && clean !== undefined) meta['value'] = clean;
  return { meta, truncated: cleaner.truncated };
}

/** The state of one cleaning: what is left of the limits, and the objects that we are inside of. */
class Cleaner {
  truncated = false;
  /** No more than the depth allows, so a list is searched faster than a set is made. */
  private readonly inside: object[] = [];
  private readonly maxDepth: number;
  private readonly maxStringBytes: number;
  private valuesLeft: number;
  private bytesLeft: number;

  constructor(limits: CleanLimits) {
    this.maxDepth = limits.maxDepth ?? META_MAX_DEPTH;
    this.maxStringBytes = limits.maxStringBytes ?? STRING_MAX_BYTES;
    this.valuesLeft = limits.maxValues ?? META_MAX_VALUES;
    this.bytesLeft = limits.maxBytes ?? Infinity;
  }

  /** The value in JSON, or undefined when JSON leaves such a value out. */
  clean(value: unknown, depth: number): JsonValue | undefined {
    this.bytesLeft -= 8;
    if (this.valuesLeft-- <= 0 || this.bytesLeft < 0) return this.cut();
    switch (typeof value) {
      case 'string':
        return this.text(value);
      case 'boolean':
        return value;
      case 'number':
        return cleanNumber(value);
      case 'bigint':
        return this.text(value.toString());
      case 'object':
        return value === null ? null : this.guarded(value, depth);
      default:
        return undefined;
    }
  }

  private text(text: string): string {
    if (isTooLong(text, this.maxStringBytes)) this.truncated = true;
    const clean = cleanText(text, this.maxStringBytes);
    this.bytesLeft -= clean.length;
    return clean;
  }

  private cut(): string {
    this.truncated = true;
    return TRUNCATED;
  }

  /** Foreign getters, proxies and `toJSON` may throw: whatever they throw, the rest of the meta is kept. */
  private guarded(value: object, depth: number): JsonValue | undefined {
    if (this.inside.includes(value)) return '[circular]';
    if (depth > this.maxDepth) return this.cut();
    this.inside.push(value);
    try {
      return this.object(value, depth);
    } catch {
      return '[unreadable]';
    } finally {
      this.inside.pop();
    }
  }

  private object(value: object, depth: number): JsonValue | undefined {
    if (Array.isArray(value)) return this.list(value, depth);
    if (isPlain(value)) return this.entries(Object.keys(value), value, depth);
    if (value instanceof Date)
      return Number.isNaN(value.getTime()) ? null : value.toISOString();
    if (value instanceof Error) return this.error(value);
    if (value instanceof Map) return this.map(value, depth);
    if (value instanceof Set) return this.list(value, depth);
    if (value instanceof Uint8Array) return this.bytes(value);
    if (value instanceof RegExp) return this.text(String(value));
    if (isBoxed(value)) return this.clean(value.valueOf(), depth);
    const { toJSON } = value as { toJSON?: unknown };
    if (typeof toJSON === 'function')
      return this.clean((toJSON as () => unknown).call(value), depth + 1);
    return this.entries(Object.keys(value), value, depth);
  }

  private entries(keys: string[], value: object, depth: number): JsonObject {
    const object = emptyJsonObject();
    for (const key of keys) {
      if (this.valuesLeft <= 0 || this.bytesLeft <= 0) {
        this.truncated = true;
        break;
      }
      this.set(object, key, this.property(value, key, depth));
    }
    return object;
  }

  private property(value: object, key: string, depth: number) {
    try {
      return this.clean((value as Record<string, unknown>)[key], depth + 1);
    } catch {
      return '[unreadable]';
    }
  }

  private set(object: JsonObject, key: string, value: JsonValue | undefined) {
    if (value !== undefined) object[this.text(key)] = value;
  }

  private list(values: Iterable<unknown>, depth: number): JsonValue[] {
    const list: JsonValue[] = [];
    for (const value of values) {
      if (this.valuesLeft <= 0 || this.bytesLeft <= 0) {
        list.push(this.cut());
        break;
      }
      list.push(this.clean(value, depth + 1) ?? null);
    }
    return list;
  }

  private map(map: Map<unknown, unknown>, depth: number): JsonValue {
    const keys = [...map.keys()];
    if (!keys.every((key) => typeof key === 'string'))
      return this.list(map, depth);
    return this.entries(keys, Object.fromEntries(map), depth);
  }

  private bytes(bytes: Uint8Array): JsonValue {
    // Three bytes make four characters of base64.
    const fits = Math.floor(this.maxStringBytes / 4) * 3;
    if (bytes.length > fits) this.truncated = true;
    const base64 = Buffer.from(bytes.subarray(0, fits)).toString('base64');
    this.bytesLeft -= base64.length;
    return { $bytes: base64 };
  }

  private error(error: Error): JsonObject {
    const object = emptyJsonObject();
    // Not every error is as its type says.
    const { name, message } = error as { name: unknown; message: unknown };
    object['name'] = this.text(String(name));
    object['message'] = this.text(redactSecrets(String(message)));
    return object;
  }
}

function cleanNumber(value: number): JsonValue {
  if (Object.is(value, -0)) return { $double: '-0' };
  return Number.isFinite(value) ? value : { $double: String(value) };
}

/** What most of meta is made of: nothing below can apply to it. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  return !('toJSON' in value);
}

function isBoxed(value: object): boolean {
  return (
    value instanceof String ||
    value instanceof Number ||
    value instanceof Boolean
  );
}
