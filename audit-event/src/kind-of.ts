/**
 * What a value is, for a message: never the value itself, which may be long or secret.
 *
 * @example
 * kindOf([]); // 'a list'
 */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (value === undefined) return 'nothing';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
