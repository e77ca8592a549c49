import { eventFields, isJson } from 'audit-event/store';
import type { Cells } from 'audit-event/store';

/** As Postgres writes JSON, so that an event is the same bytes in a list and in an export. */
const BEFORE = eventFields.map(
  (name, i) => `${i === 0 ? '{' : ', '}"${name}" : `,
);
/** What must be escaped in JSON (RFC 8259, 7). */
// oxlint-disable-next-line no-control-regex -- these are what is looked for
const NEEDS_ESCAPES = /["\\\u0000-\u001f]/;

/**
 * One line of NDJSON of an event, given by the texts of its fields.
 *
 * @example
 * jsonLine(cells); // {"id" : "01980f5e-...", ...} and a line feed
 */
export function jsonLine(cells: Cells): string {
  let line = '';
  for (let i = 0; i < BEFORE.length; i++)
    line += BEFORE[i]! + jsonOf(cells[i] ?? null, isJson[i]!);
  return `${line}}\n`;
}

function jsonOf(text: string | null, isJsonText: boolean): string {
  if (text === null) return 'null';
  if (isJsonText) return text;
  return NEEDS_ESCAPES.test(text) ? JSON.stringify(text) : `"${text}"`;
}
