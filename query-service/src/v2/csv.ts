/**
 * A spreadsheet takes a cell that begins so for a formula (https://owasp.org/www-community/attacks/CSV_Injection), also
 * with the full-width forms of these characters, and behind white space that it leaves out.
 */
const FORMULA =
  /^[\s\p{Cc}\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n\0]/u;
const NEEDS_QUOTES = /[",\r\n]/;

/**
 * One line of CSV (RFC 4180). What a spreadsheet would take for a formula gets a quote mark before it, unless `isRaw`.
 *
 * @example
 * csvLine(['a', '=1+1', null], false); // "a,'=1+1,\r\n"
 */
export function csvLine(
  cells: readonly (string | null)[],
  isRaw: boolean,
): string {
  return `${cells.map((cell) => csvCell(cell ?? '', isRaw)).join(',')}\r\n`;
}

function csvCell(text: string, isRaw: boolean): string {
  const safe = !isRaw && FORMULA.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
