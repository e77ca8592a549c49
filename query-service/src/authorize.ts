import { PLUGIN_ID } from './audit-log-plugin';
import type { Permission } from './audit-log-plugin';
import { HttpError } from './http-error';
import type { Grant } from './tokens/token';

/**
 * Lets a token pass that may use this plugin and has the permission. One without restrictions may do anything.
 *
 * @throws HttpError `NotAllowedError`, in Backstage's words
 */
export function authorize(token: Grant, permission: Permission): void {
  const restrictions = token.accessRestrictions;
  if (!restrictions) return;
  const own = restrictions.find(({ plugin }) => plugin === PLUGIN_ID);
  if (!own) {
    const plugins = restrictions.map(({ plugin }) => `'${plugin}'`).join(', ');
    throw new HttpError(
      'NotAllowedError',
      `This token's access is restricted to plugin(s) ${plugins}`,
    );
  }
  const actions = own.permissionAttribute?.action;
  const allowed =
    (own.permission?.includes(permission.name) ?? true) &&
    (actions?.includes(permission.action) ?? true);
  if (!allowed)
    throw new HttpError(
      'NotAllowedError',
      `Unauthorized, missing permission ${permission.name}`,
    );
}
