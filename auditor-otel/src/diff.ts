import { isJsonObject } from 'audit-event';
import type { JsonValue } from 'audit-event';
import { isDeepStrictEqual } from 'node:util';
import { cleanJson, TRUNCATED } from './clean-json';
import { pointerPart } from './json-patch';
import type { PatchOperation } from './json-patch';
import { PATCH_MAX_OPERATIONS } from './limits';

/**
 * What to do to `before` to get `after`, as a JSON Patch (RFC 6902) of `add`, `remove` and `replace`. Each `remove` and
 * `replace` has the value that stood there as `old`, which RFC 6902 lets appliers ignore. Lists are compared from both ends; what
 * differs between is replaced, added or removed place by place.
 *
 * Both are brought into JSON first, as all meta is. A patch of more than 1000 operations becomes one that replaces the whole. Where
 * both are alike as far as the limits of meta let them be compared, one operation replaces `[truncated]` by `[truncated]`: whether
 * they differ beyond, nobody can tell.
 *
 * @example
 * diff({ state: 'open', tags: ['a'] }, { state: 'closed', tags: ['a', 'b'] });
 * // [
 * //   { op: 'replace', path: '/state', value: 'closed', old: 'open' },
 * //   { op: 'add', path: '/tags/1', value: 'b' },
 * // ]
 */
export function diff(before: unknown, after: unknown): PatchOperation[] {
  if (before === after) return [];
  const [from, to] = [inJson(before), inJson(after)];
  const patch: PatchOperation[] = [];
  if (!compare(from.value, to.value, '', patch))
    return [{ op: 'replace', path: '', value: to.value, old: from.value }];
  const isUnknown = patch.length === 0 && (from.truncated || to.truncated);
  return isUnknown
    ? [{ op: 'replace', path: '', value: TRUNCATED, old: TRUNCATED }]
    : patch;
}

/**
 * The difference of two values as meta: `{ patch }`, or nothing when they are equal.
 *
 * @example
 * await event.success({ meta: { ...changes(orderBefore, orderAfter) } });
 */
export function changes(
  before: unknown,
  after: unknown,
): { patch?: PatchOperation[] } {
  const patch = diff(before, after);
  return patch.length === 0 ? {} : { patch };
}

/** Adds what differs at a path. @returns false when the patch got too long */
function compare(
  from: JsonValue,
  to: JsonValue,
  path: string,
  patch: PatchOperation[],
): boolean {
  if (Array.isArray(from) && Array.isArray(to))
    return compareLists(from, to, path, patch);
  if (isJsonObject(from) && isJsonObject(to)) {
    for (const key of Object.keys(from)) {
      const at = `${path}/${pointerPart(key)}`;
      if (Object.hasOwn(to, key)) {
        if (!compare(from[key]!, to[key]!, at, patch)) return false;
      } else patch.push({ op: 'remove', path: at, old: from[key]! });
    }
    for (const key of Object.keys(to))
      if (!Object.hasOwn(from, key))
        patch.push({
          op: 'add',
          path: `${path}/${pointerPart(key)}`,
          value: to[key]!,
        });
  } else if (from !== to)
    patch.push({ op: 'replace', path, value: to, old: from });
  return patch.length <= PATCH_MAX_OPERATIONS;
}

function compareLists(
  from: JsonValue[],
  to: JsonValue[],
  path: string,
  patch: PatchOperation[],
): boolean {
  const shorter = Math.min(from.length, to.length);
  let start = 0;
  while (start < shorter && isDeepStrictEqual(from[start], to[start])) start++;
  let end = 0;
  while (
    end < shorter - start &&
    isDeepStrictEqual(from.at(-1 - end), to.at(-1 - end))
  )
    end++;
  const both = shorter - end;
  for (let i = start; i < both; i++)
    if (!compare(from[i]!, to[i]!, `${path}/${i}`, patch)) return false;
  // From the back, so that no removal moves the place of the next.
  for (let i = from.length - end - 1; i >= both; i--)
    patch.push({ op: 'remove', path: `${path}/${i}`, old: from[i]! });
  for (let i = both; i < to.length - end; i++)
    patch.push({ op: 'add', path: `${path}/${i}`, value: to[i]! });
  return patch.length <= PATCH_MAX_OPERATIONS;
}

function inJson(value: unknown): { value: JsonValue; truncated: boolean } {
  // Texts are compared as a whole, and cut like all others when they become meta.
  const { meta, truncated } = cleanJson(
    { value },
    { maxStringBytes: Infinity },
  );
  return { value: meta['value'] ?? null, truncated };
}
