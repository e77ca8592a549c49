import { whyForbidden } from './access/why-forbidden';
import type { Permission } from './audit-log-plugin';
import { HttpError } from './http-error';
import type { Grant } from './tokens/token';

/**
 * Lets a token pass that has a permission.
 *
 * @throws HttpError `NotAllowedError`, in Backstage's words
 */
export function authorize(token: Grant, permission: Permission): void {
  const reason = whyForbidden(token, permission);
  if (reason !== undefined) throw new HttpError('NotAllowedError', reason);
}
