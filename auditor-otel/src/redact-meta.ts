import { emptyJsonObject, isJsonObject } from 'audit-event';
import type { JsonObject, JsonValue } from 'audit-event';
import { step } from './meta-paths';
import type { Reached } from './meta-paths';
import { isPatch, pointerKeys } from './json-patch';
import { REDACTED } from './redact-query';
import type { IsSecret } from './secret-names';

/** Meta without what must not be recorded. What is left as it was is the same object. */
export type RedactMeta = (meta: JsonObject) => JsonObject;

/**
 * A function that replaces values of meta with `REDACTED`: all that paths lead to, whatever it is, and texts under keys
 * that mean a secret. Its input is in JSON and of limited depth.
 *
 * A JSON Patch is read as if the document that it changes stood in its place, or in that of its parent: under the key `changes`
 * both the path `user.email` and `changes.user.email` find the value of `{ op: 'replace', path: '/user/email', value }`.
 *
 * @param root what `readMetaPaths` gave
 * @param isSecretKey tells the keys under which no text is recorded
 */
export function metaRedactor(root: Reached, isSecretKey: IsSecret): RedactMeta {
  /** @param parent what the object or list has reached that the value is in */
  function valueAt(
    value: JsonValue,
    key: string,
    at: Reached,
    parent: Reached,
  ): JsonValue {
    if (at.length > 0 && at.some((node) => node.isEnd)) return REDACTED;
    if (typeof value === 'string')
      return value !== '' && isSecretKey(key) ? REDACTED : value;
    if (isPatch(value)) return list(patch(value, both(at, parent)), at);
    if (Array.isArray(value)) return list(value, at);
    return isJsonObject(value) ? object(value, at) : value;
  }

  function list(values: JsonValue[], at: Reached): JsonValue[] {
    let changed: JsonValue[] | undefined;
    for (let index = 0; index < values.length; index++) {
      const value = values[index]!;
      const reached = at.length > 0 ? step(at, String(index)) : at;
      // A place in a list is no name of a secret.
      const after = valueAt(value, '', reached, at);
      if (after !== value) (changed ??= [...values])[index] = after;
    }
    return changed ?? values;
  }

  function object(values: JsonObject, at: Reached): JsonObject {
    let changed: JsonObject | undefined;
    for (const key of Object.keys(values)) {
      const value = values[key]!;
      const after = valueAt(value, key, step(at, key), at);
      if (after !== value)
        (changed ??= Object.assign(emptyJsonObject(), values))[key] = after;
    }
    return changed ?? values;
  }

  function patch(operations: JsonObject[], at: Reached): JsonValue[] {
    const after = operations.map((operation) => {
      const keys = pointerKeys(operation['path'] as string);
      // Too deep to follow: nothing is known of it, so nothing is let through.
      if (keys === undefined) return withValues(operation, () => REDACTED);
      let parent = at;
      let reached = at;
      for (const key of keys) {
        parent = reached;
        reached = step(reached, key);
        if (reached.some((node) => node.isEnd)) break;
      }
      const last = keys.at(-1) ?? '';
      const isRoot = keys.length === 0;
      return withValues(operation, (value) =>
        isRoot && isJsonObject(value)
          ? object(value, at)
          : valueAt(value, last, reached, parent),
      );
    });
    return after.some((operation, i) => operation !== operations[i])
      ? after
      : operations;
  }

  return (meta) => object(meta, root);
}

function both(one: Reached, other: Reached): Reached {
  return other.length === 0 ? one : [...new Set([...one, ...other])];
}

function withValues(
  operation: JsonObject,
  change: (value: JsonValue) => JsonValue,
): JsonObject {
  let changed: JsonObject | undefined;
  for (const name of ['value', 'old']) {
    const value = operation[name];
    if (value === undefined) continue;
    const after = change(value);
    if (after === value) continue;
    changed ??= Object.assign(emptyJsonObject(), operation);
    changed[name] = after;
  }
  return changed ?? operation;
}
