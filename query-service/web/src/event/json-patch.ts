import type { Json } from '../api/json';

/** A place that was changed, with what was there before and after as far as the record says it. */
export interface Change {
  path: string;
  operation: string;
  before: Json | undefined;
  after: Json | undefined;
}

/** Operations of a JSON Patch (https://www.rfc-editor.org/rfc/rfc6902). */
const OPERATIONS = ['add', 'remove', 'replace', 'move', 'copy'];

type Entry = { op: string; path: string; from?: Json; value?: Json };

/**
 * What changed, where the record says so: a JSON Patch somewhere in `meta`, or `before` and `after` beside each other.
 * Undefined when it does not.
 */
export function changesOf(meta: Json, depth = 0): Change[] | undefined {
  if (typeof meta !== 'object' || meta === null || depth > 4) return undefined;
  if (Array.isArray(meta)) {
    const isPatch = meta.length > 0 && meta.every(isEntry);
    return isPatch ? (meta as unknown as Entry[]).map(changeOf) : undefined;
  }
  const { before, after } = meta;
  if (isObject(before) && isObject(after)) return differences(before, after);
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

function changeOf({ op, path, from, value }: Entry): Change {
  return {
    path,
    operation: op,
    before: op === 'move' || op === 'copy' ? from : undefined,
    after: value,
  };
}

function differences(
  before: Record<string, Json>,
  after: Record<string, Json>,
  path = '',
): Change[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key): Change[] => {
    const [old, now] = [before[key], after[key]];
    const place = `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (isObject(old) && isObject(now)) return differences(old, now, place);
    if (isSame(old, now)) return [];
    const operation =
      old === undefined ? 'add' : now === undefined ? 'remove' : 'replace';
    return [{ path: place, operation, before: old, after: now }];
  });
}

function isObject(value: Json | undefined): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSame(one: Json | undefined, other: Json | undefined): boolean {
  const text = (value: Json | undefined) =>
    JSON.stringify(value, (_key, inner: unknown) =>
      typeof inner === 'bigint' ? `${inner}n` : inner,
    );
  return text(one) === text(other);
}
