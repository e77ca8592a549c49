import { HIDDEN_CHARACTERS } from './hidden-characters';

/** What V8 passes to a reviver, and can write again: not in the types yet (https://tc39.es/proposal-json-parse-with-source/). */
interface ExactJson {
  parse(
    text: string,
    reviver: (
      key: string,
      value: unknown,
      context: { source?: string },
    ) => unknown,
  ): unknown;
  rawJSON(text: string): unknown;
}
const exact = JSON as unknown as ExactJson;

/** JSON has no other control characters as they are. */
const HIDDEN = new RegExp(HIDDEN_CHARACTERS, 'gu');

/**
 * Reads JSON whose numbers have more digits than a number of JavaScript: such a one becomes an object that `exactJson` writes as it
 * came.
 *
 * @throws SyntaxError
 */
export function parseExact(text: string): unknown {
  return exact.parse(text, (_key, value, { source }) =>
    typeof value === 'number' &&
    source !== undefined &&
    String(value) !== source
      ? exact.rawJSON(source)
      : value,
  );
}

/**
 * One line of JSON with all digits, and with escapes for whatever a terminal would obey: to a program it says the same.
 *
 * @example
 * exactJson(parseExact('{"n": 12345678901234567890}')); // '{"n":12345678901234567890}'
 */
export function exactJson(value: unknown): string {
  return visibleJson(JSON.stringify(value));
}

/** JSON text without a character that a terminal would obey or hide; its value is the same. */
function visibleJson(json: string): string {
  return json.replace(HIDDEN, (char) =>
    // As UTF-16 has it: JSON knows no longer escapes.
    Array.from(
      { length: char.length },
      (_, i) => `\\u${char.charCodeAt(i).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}
