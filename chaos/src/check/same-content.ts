/** Whether two values say the same: members in any order, absent and undefined alike, numbers and texts exactly. */
export function sameContent(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b))
    return false;
  for (const key in a) if (!sameContent(a[key], b[key])) return false;
  for (const key in b)
    if (a[key] === undefined && b[key] !== undefined) return false;
  return true;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
