import type { IncomingMessage } from 'node:http';
import { HttpError } from '../http-error';
import { shown } from './refused-value';

/** Room for a thousand rules; more than any other body needs. */
export const MAX_BODY_BYTES = 1024 * 1024;

/**
 * The body of a request as text.
 *
 * @param types the media types it may have
 * @throws HttpError `UnsupportedMediaTypeError`, `PayloadTooLargeError`, or `InputError` for what is no UTF-8
 */
export async function readText(
  req: IncomingMessage,
  types: readonly string[],
): Promise<string> {
  const type = req.headers['content-type']?.split(';')[0]!.trim().toLowerCase();
  if (type === undefined || !types.includes(type))
    throw new HttpError(
      'UnsupportedMediaTypeError',
      `Content-Type must be ${types.join(' or ')}, got ${type ? JSON.stringify(type) : 'nothing'}`,
    );
  const encoding = req.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity')
    throw new HttpError(
      'UnsupportedMediaTypeError',
      `The body must not be compressed, got Content-Encoding ${JSON.stringify(encoding)}`,
    );
  const bytes = await readBytes(req);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new HttpError('InputError', 'The body must be text in UTF-8', {
      cause,
    });
  }
}

/** A JSON object of a request, as OpenAPI 3.1 describes it: what bodies are checked by, and what the description of the API is made of. */
export interface BodySchema<Key extends string = string> {
  type: 'object';
  properties: Readonly<Record<Key, object>>;
  required?: readonly NoInfer<Key>[];
  additionalProperties: false;
}

/** The schema of a body that has these keys and no others. */
export function bodySchema<Key extends string>(
  properties: Readonly<Record<Key, object>>,
  required: readonly NoInfer<Key>[] = [],
): BodySchema<Key> {
  return {
    type: 'object',
    properties,
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}

/**
 * The body of a request that must be a JSON object with no keys but those of its schema. What is in them is for the caller to check.
 *
 * @throws HttpError as `readText`, and `InputError` for what is none
 */
export async function readJson<Key extends string>(
  req: IncomingMessage,
  { properties }: BodySchema<Key>,
): Promise<Partial<Record<Key, unknown>>> {
  const text = await readText(req, ['application/json']);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (cause) {
    throw new HttpError('InputError', 'The body must be JSON', { cause });
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new HttpError('InputError', 'The body must be a JSON object');
  const keys = Object.keys(properties);
  for (const key of Object.keys(body))
    if (!keys.includes(key))
      throw new HttpError(
        'InputError',
        `The body must have no keys but ${keys.join(', ')}, got ${shown(key)}`,
      );
  return body;
}

async function readBytes(req: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  // Whoever stops reading must not take the socket away: the answer still has to go out.
  const body = req.iterator({ destroyOnReturn: false });
  try {
    for await (const piece of body as AsyncIterable<Buffer>) {
      length += piece.length;
      if (length > MAX_BODY_BYTES) throw tooLarge();
      pieces.push(piece);
    }
  } catch (cause) {
    if (cause instanceof HttpError) throw cause;
    // Else it would pass for an outage of the database: both say ECONNRESET.
    throw new HttpError('InputError', 'The body broke off', { cause });
  }
  return Buffer.concat(pieces);
}

function tooLarge(): HttpError {
  return new HttpError(
    'PayloadTooLargeError',
    `The body must have at most ${MAX_BODY_BYTES} bytes`,
  );
}
