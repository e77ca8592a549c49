import { META } from '../query/search';

/** Keys that the API takes at most. */
const MAX_KEYS = 16;

/**
 * The name by which the API filters by a place in `meta`: a dot in a key has a backslash before it. Undefined for a place that
 * it has no name for.
 *
 * @example
 * metaField(['owner', 'a.b']); // 'meta.owner.a\\.b'
 */
export function metaField(path: readonly string[]): string | undefined {
  const hasName =
    path.length > 0 && path.length <= MAX_KEYS && !path.includes('');
  // A name that ends in ! would be taken for "none of these".
  if (!hasName || path.at(-1)!.endsWith('!')) return undefined;
  return (
    META +
    path.map((key) => key.replaceAll(/[\\.]/g, String.raw`\$&`)).join('.')
  );
}
