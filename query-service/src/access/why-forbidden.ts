import { PLUGIN_ID } from '../audit-log-plugin';
import type { Permission } from '../audit-log-plugin';
import type { Grant } from '../tokens/token';

/**
 * Why a token lacks a permission, in Backstage's words; undefined when it has it. One without restrictions may do anything.
 *
 * @example
 * whyForbidden({ subject: 'siem', accessRestrictions: [] }, readPermission); // "This token's access is restricted to ..."
 */
export function whyForbidden(
  token: Grant,
  permission: Permission,
): string | undefined {
  const restrictions = token.accessRestrictions;
  if (!restrictions) return undefined;
  const own = restrictions.find(({ plugin }) => plugin === PLUGIN_ID);
  if (!own) {
    const plugins = restrictions.map(({ plugin }) => `'${plugin}'`).join(', ');
    return `This token's access is restricted to plugin(s) ${plugins}`;
  }
  const actions = own.permissionAttribute?.action;
  const allowed =
    (own.permission?.includes(permission.name) ?? true) &&
    (actions?.includes(permission.action) ?? true);
  return allowed
    ? undefined
    : `Unauthorized, missing permission ${permission.name}`;
}
