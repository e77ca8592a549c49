/**
 * A value as SQL, for statements that take no parameters, `copy` among them. It is read the same by every server, whatever
 * `standard_conforming_strings` says there.
 *
 * @param value no text with a NUL in it, which no text of Postgres can have
 * @example
 * literal("it's"); // E'it\'s'
 * literal(['a', 'b']); // E'{"a","b"}'
 */
export function literal(value: unknown): string {
  return `E'${textOf(value).replaceAll(/['\\]/g, String.raw`\$&`)}'`;
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
