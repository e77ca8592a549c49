import { eventFields, isJson } from './event-row';
import type { Cells } from './event-row';

/** What stands before each field: as Postgres writes JSON, so that an event is the same bytes wherever it is shown. */
export const beforeFields = eventFields.map(
  (name, i) => `${i === 0 ? '{' : ', '}"${name}" : `,
);
/** What must be escaped in JSON (RFC 8259, 7). */
// oxlint-disable-next-line no-control-regex -- these are what is looked for
const NEEDS_ESCAPES = /["\\\u0000-\u001f]/;

/**
 * One JSON object of an event, given by the texts of its fields.
 *
 * @example
 * eventJson(cells); // {"id" : "01980f5e-...", ...}
 */
export function eventJson(cells: Cells): string {
  let json = '';
  for (let i = 0; i < beforeFields.length; i++)
    json += beforeFields[i]! + jsonOf(cells[i] ?? null, isJson[i]!);
  return `${json}}`;
}

function jsonOf(text: string | null, isJsonText: boolean): string {
  if (text === null) return 'null';
  if (isJsonText) return text;
  return NEEDS_ESCAPES.test(text) ? JSON.stringify(text) : `"${text}"`;
}
