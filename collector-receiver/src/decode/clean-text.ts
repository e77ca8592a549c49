/**
 * Text as Postgres and JSON can hold it: U+0000 becomes U+2400 (the picture of it), a lone surrogate U+FFFD.
 * Returns the same string when there was nothing to change.
 *
 * @example
 * cleanText('a\u0000b'); // 'a\u2400b'
 */
export function cleanText(text: string): string {
  const wellFormed = text.isWellFormed() ? text : text.toWellFormed();
  return wellFormed.includes('\u0000')
    ? wellFormed.replaceAll('\u0000', '\u2400')
    : wellFormed;
}
