/** Nothing that could end a literal or be read as an escape: numbers, times and ids. */
const PLAIN = /^[\w:.+-]*$/;

/**
 * A value as SQL, for statements that take no parameters, `copy` among them. What anybody wrote never gets into a statement as
 * text: whatever is not plain travels as the hex digits of its bytes.
 *
 * @param value no text with a NUL in it, which no text of Postgres can have
 * @example
 * literal('2026-01-15T10:30:00.000Z'); // '2026-01-15T10:30:00.000Z'
 * literal("it's"); // convert_from(decode('69742773', 'hex'), 'UTF8')
 */
export function literal(value: unknown): string {
  const text = textOf(value);
  // The planner should know times: they say which months are read.
  if (PLAIN.test(text)) return `'${text}'`;
  const hex = Buffer.from(text).toString('hex');
  return `convert_from(decode('${hex}', 'hex'), 'UTF8')`;
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
