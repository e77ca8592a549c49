import type { Permission } from '../audit-log-plugin';
import { authorize } from '../authorize';
import type { Grant } from '../tokens/token';

/** Whether a token has a permission. */
export function may(token: Grant, permission: Permission): boolean {
  try {
    authorize(token, permission);
    return true;
  } catch {
    return false;
  }
}
