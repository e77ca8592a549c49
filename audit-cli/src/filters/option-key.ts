/**
 * The key under which commander keeps an option.
 *
 * @example
 * optionKey('actor-type'); // 'actorType'
 */
export function optionKey(name: string): string {
  return name.replace(/-(.)/g, (_, char: string) => char.toUpperCase());
}
