/**
 * How texts begin that a pattern can match: each of them begins in one of these ways. For indexes to find them by.
 *
 * @returns `['']` for a pattern that says nothing about the beginning
 * @example
 * globPrefixes('plugin:*'); // ['plugin:']
 * globPrefixes('user:default/john'); // ['user:default/john', 'user:default//']: slashes in a row count as one
 */
export function globPrefixes(pattern: string): string[] {
  const [literal = ''] = pattern.replaceAll(/\/+/g, '/').split(/[*?]/);
  const doubled = [...literal.matchAll(/\//g)].map(
    ({ index }) => `${literal.slice(0, index)}//`,
  );
  return [literal, ...doubled];
}
