import { kindOf } from 'audit-event';
import { HttpError } from '../http-error';
import { isStorableText, STORABLE_TEXT } from './storable-text';

/**
 * A text out of a JSON body, undefined when it is absent or null.
 *
 * @param name of the field, for the message
 * @throws HttpError `InputError` for what is no text, too long, or cannot be stored
 */
export function textField(
  name: string,
  value: unknown,
  maxLength: number,
): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string')
    throw new HttpError(
      'InputError',
      `${name} must be a string, got ${kindOf(value)}`,
    );
  if (value.length > maxLength)
    throw new HttpError(
      'InputError',
      `${name} must have at most ${maxLength} characters, got ${value.length}`,
    );
  if (!isStorableText(value))
    throw new HttpError('InputError', `${name} must be ${STORABLE_TEXT}`);
  return value;
}
