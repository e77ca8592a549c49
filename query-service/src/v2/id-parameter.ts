import { uuidOf } from 'audit-event';
import { HttpError } from '../http-error';

const MAX_LENGTH = 256;

/** `id` of a path as it is described. */
export const foreignId = {
  in: 'path',
  required: true,
  description: 'As the emitter sent it: a UUID, a ULID or any other text',
  schema: { type: 'string', maxLength: MAX_LENGTH },
} as const;

/**
 * The id in a path as it is stored: a UUID or ULID as its 128 bits, any other text, as foreign senders may have it, as
 * the name-based UUID that the receiver made of it.
 *
 * @throws HttpError `InputError` for a text that is too long to be an id
 */
export function idParameter(value: unknown): string {
  if (typeof value !== 'string' || value.length > MAX_LENGTH)
    throw new HttpError(
      'InputError',
      `the id in the path must be at most ${MAX_LENGTH} characters long`,
    );
  return uuidOf(value).uuid;
}
