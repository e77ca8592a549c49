import { HttpError } from '../http-error';

/**
 * An id of the path that is a UUID.
 *
 * @throws HttpError `InputError`
 */
export function uuidParameter(value: unknown): string {
  if (
    typeof value === 'string' &&
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)
  )
    return value.toLowerCase();
  throw new HttpError('InputError', 'the id in the path must be a UUID');
}
