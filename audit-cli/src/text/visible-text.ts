/**
 * What a terminal obeys or hides instead of showing it: control characters (escape sequences begin with one, in C0 or C1), what turns
 * the direction of writing or has no width, line separators, halves of a surrogate pair, and what is not assigned or private.
 * A fifth combining mark in a row, because a pile of them covers the lines around it.
 */
const HIDDEN =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?<=\p{M}{4})\p{M}/gu;

/**
 * A stranger's text as it may be shown on a terminal: each character that would do something else than be seen stands there as its
 * escape. Spaces of other kinds become plain ones.
 *
 * @example
 * visibleText('a\u001b[31mb\n'); // 'a\\u{1b}[31mb\\n'
 */
export function visibleText(text: string): string {
  return text.replace(HIDDEN, escaped).replace(/\p{Zs}/gu, ' ');
}

function escaped(char: string): string {
  if (char === '\n') return String.raw`\n`;
  if (char === '\r') return String.raw`\r`;
  if (char === '\t') return String.raw`\t`;
  return `\\u{${char.codePointAt(0)!.toString(16)}}`;
}
