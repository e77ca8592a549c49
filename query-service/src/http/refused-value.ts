import { HttpError } from '../http-error';

const MAX_SHOWN = 100;

/**
 * The refusal of a value that somebody gave for a parameter or filter.
 *
 * @param expected as it goes on behind `must be`
 * @example
 * throw refusedValue('limit', 'a whole number from 1 to 1000', '0');
 */
export function refusedValue(
  name: string,
  expected: string,
  given: string,
): HttpError {
  return new HttpError(
    'InputError',
    `${name} must be ${expected}, got ${shown(given)}`,
  );
}

/** A stranger's text in a message. */
export function shown(text: string): string {
  return JSON.stringify(
    text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}...` : text,
  );
}
