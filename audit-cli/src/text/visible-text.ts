import { HIDDEN_CHARACTERS } from './hidden-characters';

/** Escape sequences begin with a control character. */
const HIDDEN = new RegExp(
  String.raw`[\u0000-\u001f]|${HIDDEN_CHARACTERS}`,
  'gu',
);

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
