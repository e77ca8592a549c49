import { charWidth, displayWidth } from './display-width';

const ELLIPSIS = '…';

/**
 * A visible text in exactly so many columns: with spaces behind it, or without its middle, for the beginning says what kind of thing
 * it is and the end which one.
 *
 * @param width in columns, at least 1
 * @example
 * fit('user:default/john', 11); // 'user:…/john'
 */
export function fit(text: string, width: number): string {
  const taken = displayWidth(text);
  if (taken <= width) return text + ' '.repeat(width - taken);
  const head = columnsOf([...text], Math.ceil((width - 1) / 2));
  const tail = columnsOf([...text].toReversed(), Math.floor((width - 1) / 2));
  const cut = `${head.join('')}${ELLIPSIS}${tail.toReversed().join('')}`;
  return cut + ' '.repeat(width - displayWidth(cut));
}

/** The first of these characters that fit into so many columns. */
function columnsOf(chars: readonly string[], width: number): string[] {
  let taken = 0;
  const end = chars.findIndex((char) => (taken += charWidth(char)) > width);
  return end === -1 ? [...chars] : chars.slice(0, end);
}
