import type { Permission } from '../audit-log-plugin';
import type { Grant } from '../tokens/token';
import { whyForbidden } from './why-forbidden';

/** Whether a token has a permission. */
export function may(token: Grant, permission: Permission): boolean {
  return whyForbidden(token, permission) === undefined;
}
