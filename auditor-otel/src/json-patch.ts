import { isJsonObject } from 'audit-event';
import type { JsonObject, JsonValue } from 'audit-event';
import { META_MAX_DEPTH } from './limits';

/**
 * One operation of a JSON Patch (RFC 6902) as `diff` writes it. `old` is what stood there before; appliers ignore members
 * that they do not know (section 4).
 */
export type PatchOperation =
  | { op: 'add'; path: string; value: JsonValue }
  | { op: 'remove'; path: string; old: JsonValue }
  | { op: 'replace'; path: string; value: JsonValue; old: JsonValue };

/** Whether a value looks like a JSON Patch: a list of operations, at least one, each with a path. */
export function isPatch(value: JsonValue): value is JsonObject[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every(
      (item) =>
        isJsonObject(item) &&
        typeof item['op'] === 'string' &&
        typeof item['path'] === 'string',
    )
  );
}

/** A key as a part of a JSON pointer (RFC 6901, section 3). */
export function pointerPart(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The keys of a JSON pointer, none for the whole document; undefined when there are more than meta is deep. */
export function pointerKeys(pointer: string): string[] | undefined {
  const parts = pointer.split('/', META_MAX_DEPTH + 2).slice(1);
  if (parts.length > META_MAX_DEPTH) return undefined;
  return parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}
