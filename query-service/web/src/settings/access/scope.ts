import type { Json } from '../../api/json';

const PLUGIN = 'audit-log';

/** What a token can be allowed, as the API names it, with what that is. */
export const permissions = [
  [
    'audit.log.read',
    'Read events',
    'Also streams, operations, ledger and quarantine',
  ],
  ['audit.log.export', 'Export events', 'To take them away in bulk'],
  [
    'audit.settings.read',
    'See settings',
    'Rules, tokens without secrets, retention and legal holds',
  ],
  [
    'audit.settings.write',
    'Change settings',
    'What is recorded, how long it is kept, and who may read it; enough to make a token that may do anything',
  ],
] as const;

export type PermissionName = (typeof permissions)[number][0];

export type Scope =
  | { status: 'permissions'; names: PermissionName[] }
  /** Everything of the audit log. */
  | { status: 'all' }
  /** Written over the API or by hand in a way that this page does not edit. */
  | { status: 'other'; json: string };

/** What access restrictions come to, in what this page can show. */
export function scopeOf(restrictions: Json): Scope {
  if (restrictions === null) return { status: 'all' };
  const other: Scope = { status: 'other', json: JSON.stringify(restrictions) };
  if (!Array.isArray(restrictions) || restrictions.length !== 1) return other;
  const [only] = restrictions;
  if (typeof only !== 'object' || only === null || Array.isArray(only))
    return other;
  const { plugin, permission, ...more } = only as Record<string, Json>;
  if (plugin !== PLUGIN || Object.keys(more).length > 0) return other;
  if (permission === undefined) return { status: 'all' };
  if (!Array.isArray(permission) || !permission.every(isPermission))
    return other;
  return { status: 'permissions', names: permission };
}

/** Access restrictions that say a scope. */
export function restrictionsOf(scope: Scope): Json {
  if (scope.status === 'other') return JSON.parse(scope.json) as Json;
  if (scope.status === 'all') return [{ plugin: PLUGIN }];
  return [{ plugin: PLUGIN, permission: scope.names }];
}

/** In a line: `audit-log: audit.log.read`. */
export function printScope(scope: Scope): string {
  if (scope.status === 'other') return scope.json;
  if (scope.status === 'all') return `${PLUGIN}: everything`;
  return `${PLUGIN}: ${scope.names.join(', ') || 'nothing'}`;
}

function isPermission(value: Json): value is PermissionName {
  return permissions.some(([name]) => name === value);
}
