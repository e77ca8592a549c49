/** A kind of event of a portal: plugin, event, severity, method, path, action, and whether its operations are announced. */
export interface Kind {
  pluginId: string;
  eventId: string;
  severityLevel: 'low' | 'medium' | 'high' | 'critical';
  method: string;
  path: string;
  actionType: string | undefined;
  /** Reads have one record, writes one when they begin and one when they end. */
  isAnnounced: boolean;
}

type Line = [string, string, Kind['severityLevel'], string, string, string?];

const LINES: Line[] = [
  ['catalog', 'entity-fetch', 'low', 'GET', '/api/catalog/entities/by-query'],
  ['catalog', 'entity-facets', 'low', 'GET', '/api/catalog/entity-facets'],
  ['catalog', 'location-fetch', 'low', 'GET', '/api/catalog/locations'],
  ['search', 'query', 'low', 'GET', '/api/search/query'],
  ['techdocs', 'page-view', 'low', 'GET', '/api/techdocs/static/docs'],
  ['permission', 'authorize', 'low', 'POST', '/api/permission/authorize'],
  ['auth', 'token-refresh', 'low', 'GET', '/api/auth/oidc/refresh'],
  ['kubernetes', 'clusters-fetch', 'low', 'GET', '/api/kubernetes/clusters'],
  ['catalog', 'ancestry-fetch', 'low', 'GET', '/api/catalog/ancestry'],
  ['scaffolder', 'template-fetch', 'low', 'GET', '/api/scaffolder/v2/actions'],
  ['notifications', 'list', 'low', 'GET', '/api/notifications'],
  ['devtools', 'info', 'low', 'GET', '/api/devtools/info'],
  ['proxy', 'request', 'low', 'GET', '/api/proxy/pagerduty'],
  ['kubernetes', 'pods-fetch', 'low', 'POST', '/api/kubernetes/services'],
  ['techdocs', 'sync', 'low', 'GET', '/api/techdocs/sync', 'sync'],
  ['auth', 'login', 'medium', 'GET', '/api/auth/oidc/start', 'login'],
  ['auth', 'logout', 'low', 'POST', '/api/auth/oidc/logout', 'logout'],
  [
    'catalog',
    'entity-mutate',
    'medium',
    'POST',
    '/api/catalog/refresh',
    'refresh',
  ],
  ['catalog', 'entity-validate', 'low', 'POST', '/api/catalog/validate-entity'],
  [
    'scaffolder',
    'task',
    'medium',
    'POST',
    '/api/scaffolder/v2/tasks',
    'create',
  ],
  ['scaffolder', 'task-log', 'low', 'GET', '/api/scaffolder/v2/tasks/events'],
  [
    'scaffolder',
    'dry-run',
    'low',
    'POST',
    '/api/scaffolder/v2/dry-run',
    'dry-run',
  ],
  [
    'scaffolder',
    'task-cancel',
    'medium',
    'POST',
    '/api/scaffolder/v2/tasks/cancel',
    'cancel',
  ],
  [
    'catalog',
    'location-mutate',
    'medium',
    'POST',
    '/api/catalog/locations',
    'create',
  ],
  [
    'catalog',
    'location-delete',
    'medium',
    'DELETE',
    '/api/catalog/locations',
    'delete',
  ],
  [
    'catalog',
    'entity-delete',
    'high',
    'DELETE',
    '/api/catalog/entities/by-uid',
    'delete',
  ],
  [
    'catalog',
    'location-analyze',
    'medium',
    'POST',
    '/api/catalog/analyze-location',
  ],
  [
    'kubernetes',
    'pod-delete',
    'high',
    'POST',
    '/api/kubernetes/proxy',
    'delete',
  ],
  [
    'kubernetes',
    'exec',
    'critical',
    'POST',
    '/api/kubernetes/proxy/exec',
    'execute',
  ],
  ['events', 'webhook', 'medium', 'POST', '/api/events/http/github', 'ingest'],
  ['notifications', 'send', 'medium', 'POST', '/api/notifications', 'create'],
  [
    'user-settings',
    'bucket-write',
    'low',
    'PUT',
    '/api/user-settings/buckets',
    'update',
  ],
  [
    'user-settings',
    'bucket-delete',
    'low',
    'DELETE',
    '/api/user-settings/buckets',
    'delete',
  ],
  ['permission', 'policy-read', 'medium', 'GET', '/api/permission/policies'],
  [
    'permission',
    'policy-write',
    'high',
    'PUT',
    '/api/permission/policies',
    'update',
  ],
  [
    'permission',
    'policy-delete',
    'high',
    'DELETE',
    '/api/permission/policies',
    'delete',
  ],
  [
    'permission',
    'role-write',
    'critical',
    'POST',
    '/api/permission/roles',
    'create',
  ],
  [
    'permission',
    'role-delete',
    'critical',
    'DELETE',
    '/api/permission/roles',
    'delete',
  ],
  ['auth', 'token-issue', 'high', 'POST', '/api/auth/v1/token', 'create'],
  ['app', 'config-read', 'high', 'GET', '/api/app/config'],
];

/** The forty kinds, the most frequent first. */
export const KINDS: readonly Kind[] = LINES.map(
  ([pluginId, eventId, severityLevel, method, path, actionType]) => ({
    pluginId,
    eventId,
    severityLevel,
    method,
    path,
    actionType,
    isAnnounced: actionType !== undefined,
  }),
);
