import type { Json } from '../api/json';

/** A place that was changed, with what was there before and after as far as the record says it. */
export interface Change {
  path: string;
  operation: string;
  before: Json | undefined;
  after: Json | undefined;
}

/** What an event changed. */
export interface Changed {
  changes: readonly Change[];
  /** The whole of it, where the record has that. */
  documents?: { before: JsonObject; after: JsonObject } | undefined;
}

type JsonObject = Record<string, Json>;

/** Operations of a JSON Patch (https://www.rfc-editor.org/rfc/rfc6902). */
const OPERATIONS = ['add', 'remove', 'replace', 'move', 'copy', 'test'];
/** How deep in `meta` changes are looked for. */
const MAX_DEPTH = 4;

type Entry = { op: string; path: string; from?: Json; value?: Json };

/**
 * What changed, where the record says so: a JSON Patch somewhere in `meta`, or `before` and `after` beside each other.
 * Undefined when it does not.
 */
export function changesOf(meta: Json, depth = 0): Changed | undefined {
  if (typeof meta !== 'object' || meta === null || depth > MAX_DEPTH)
    return undefined;
  if (Array.isArray(meta)) {
    const isPatch = meta.length > 0 && meta.every(isEntry);
    return isPatch
      ? { changes: changesOfPatch(meta as unknown as Entry[]) }
      : undefined;
  }
  const [before, after] = [own(meta, 'before'), own(meta, 'after')];
  if (isObject(before) && isObject(after))
    return {
      changes: differences(before, after),
      documents: { before, after },
    };
  for (const inner of Object.values(meta)) {
    const found = changesOf(inner, depth + 1);
    if (found) return found;
  }
  return undefined;
}

function isEntry(one: Json): boolean {
  return (
    isObject(one) &&
    typeof one['path'] === 'string' &&
    typeof one['op'] === 'string' &&
    OPERATIONS.includes(one['op'])
  );
}

/** A `test` changes nothing: it says what was there, for the operations behind it. */
function changesOfPatch(entries: readonly Entry[]): Change[] {
  const tested = new Map<string, Json | undefined>();
  return entries.flatMap(({ op, path, from, value }): Change[] => {
    if (op === 'test') {
      tested.set(path, value);
      return [];
    }
    const before = op === 'move' || op === 'copy' ? from : tested.get(path);
    return [{ path, operation: op, before, after: value }];
  });
}

function differences(
  before: JsonObject,
  after: JsonObject,
  path = '',
): Change[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key): Change[] => {
    const [old, now] = [own(before, key), own(after, key)];
    const place = `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (isObject(old) && isObject(now)) return differences(old, now, place);
    if (isSame(old, now)) return [];
    const operation =
      old === undefined ? 'add' : now === undefined ? 'remove' : 'replace';
    return [{ path: place, operation, before: old, after: now }];
  });
}

/** What an event says under a name, which may be one that every object has. */
function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSame(one: Json | undefined, other: Json | undefined): boolean {
  const text = (value: Json | undefined) =>
    JSON.stringify(value, (_key, inner: unknown) =>
      typeof inner === 'bigint' ? `${inner}n` : inner,
    );
  return text(one) === text(other);
}
