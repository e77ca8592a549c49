import { parseTime, TIME_FORM } from './parse-time';
import { refusedValue } from './refused-value';
import { textField } from './text-field';

const MAX_TIME_LENGTH = 64;

/** A time in a JSON body, as it is described; null says that there is none. */
export const timeFieldSchema = {
  type: ['string', 'null'],
  format: 'date-time',
  pattern: 'Z$',
  maxLength: MAX_TIME_LENGTH,
};

/**
 * A time out of a JSON body in milliseconds since 1970, undefined when it is absent or null.
 *
 * @param name of the field, for the message
 * @throws HttpError `InputError` for what is no time in UTC
 * @example
 * timeField('start_time', '2026-01-31T23:59:59Z'); // 1769903999000
 */
export function timeField(name: string, value: unknown): number | undefined {
  const text = textField(name, value, MAX_TIME_LENGTH);
  if (text === undefined) return undefined;
  const ms = parseTime(text);
  if (ms !== undefined) return ms;
  throw refusedValue(name, TIME_FORM, text);
}
