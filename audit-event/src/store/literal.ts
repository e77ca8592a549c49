/** What could end a literal, or be read as an escape. */
const NOT_PLAIN = /[^\w:.+-]/gu;
const ESCAPE_DIGITS = 8;

/**
 * A value as SQL, for statements that take no parameters, `copy` among them. What anybody wrote never gets into a statement as
 * text: whatever is neither a letter, a digit nor one of `_:.+-` travels as the hex digits of its code point
 * (https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-STRINGS-ESCAPE). It remains a constant to the
 * planner, which so knows the months that are read and the indexes that fit.
 *
 * @param value no text with a NUL in it, which no text of Postgres can have
 * @example
 * literal('2026-01-15T10:30:00.000Z'); // E'2026-01-15T10:30:00.000Z'
 * literal("it's"); // E'it\U00000027s'
 */
export function literal(value: unknown): string {
  // A lone surrogate becomes what the driver would send for it.
  const text = textOf(value).toWellFormed();
  return `E'${text.replaceAll(NOT_PLAIN, escapeOf)}'`;
}

function escapeOf(character: string): string {
  const hex = character.codePointAt(0)!.toString(16);
  return String.raw`\U${hex.padStart(ESCAPE_DIGITS, '0')}`;
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return `{${value.map(elementOf).join(',')}}`;
  if (value instanceof Uint8Array)
    return String.raw`\x${Buffer.from(value).toString('hex')}`;
  return String(value);
}

function elementOf(value: unknown): string {
  return `"${textOf(value).replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}
