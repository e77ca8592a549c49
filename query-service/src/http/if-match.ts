import type { Request } from 'express';
import { HttpError } from '../http-error';

/** What proxies that compress make of `"5"`: nginx `W/"5"`, Apache `"5-gzip"`. Whoever saw that saw the version all the same. */
const BY_PROXIES = /^W\/|[-;](?:br|deflate|gzip|zstd)(?="$)/g;

/**
 * Checks that a change is of what its sender saw: `If-Match` has the ETag of the answer that he saw it in, or `*` for
 * whatever is there now (https://www.rfc-editor.org/rfc/rfc9110#name-if-match).
 *
 * @param version of what is there now
 * @throws HttpError `PreconditionRequiredError` without the header, `PreconditionFailedError` when it is another version
 */
export function requireMatch(
  req: Pick<Request, 'get'>,
  version: string | number,
): void {
  const header = req.get('if-match')?.trim();
  if (!header)
    throw new HttpError(
      'PreconditionRequiredError',
      'If-Match must have the ETag of what is to be changed, or * to change it whatever it is now',
    );
  const tags = header
    .split(',')
    .map((tag) => tag.trim().replace(BY_PROXIES, ''));
  if (header !== '*' && !tags.includes(etagOf(version)))
    throw new HttpError(
      'PreconditionFailedError',
      `It has changed meanwhile: its ETag is ${etagOf(version)} now; look at it again, then change it`,
    );
}

/** @example etagOf(3); // '"3"' */
export function etagOf(version: string | number): string {
  return `"${version}"`;
}
