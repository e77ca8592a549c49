/** One place of a text that is changed. */
export interface Patch {
  /** What stands there, exactly once. */
  from: string;
  to: string;
}

/**
 * The text with all patches applied.
 *
 * @param name of the text, for the message
 * @throws when one does not find its place, or finds several: nothing would be planted then, or something else
 * @example
 * applyPatches('b.js', 'await commit();', [{ from: 'await ', to: 'void ' }]); // 'void commit();'
 */
export function applyPatches(
  name: string,
  text: string,
  patches: readonly Patch[],
): string {
  for (const { from, to } of patches) {
    const places = text.split(from).length - 1;
    if (places !== 1)
      throw new Error(
        `expected ${name} to have ${JSON.stringify(from)} once, but it is there ${places} times; bring the patch up to date`,
      );
    text = text.replace(from, () => to);
  }
  return text;
}
