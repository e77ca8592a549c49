import { HttpError } from '../http-error';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** `id` of a path as it is described. */
export const uuidId = {
  in: 'path',
  required: true,
  schema: { type: 'string', format: 'uuid' },
} as const;

/** Whether a text is a UUID as this service prints them. */
function isUuid(value: unknown): value is string {
  return typeof value === 'string' && UUID.test(value);
}

/**
 * An id of the path that is a UUID.
 *
 * @throws HttpError `InputError`
 */
export function uuidParameter(value: unknown): string {
  if (isUuid(value)) return value.toLowerCase();
  throw new HttpError('InputError', 'the id in the path must be a UUID');
}
