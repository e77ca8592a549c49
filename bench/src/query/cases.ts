import { personId, entityRef } from '../seed/portal-events';

/** What is wanted of a case: groups have a bound of their own each. */
export type Group =
  'firstPage' | 'total' | 'v1' | 'facets' | 'histogram' | 'text' | 'other';

/** One question to the API; a number makes it another one of the same kind each time. */
export interface Case {
  group: Group;
  name: string;
  path: (n: number) => string;
}

const V1 = '/api/audit-log/v1/audit-event?';
const V2 = '/api/audit-log/v2';

type Path = string | ((n: number) => string);

/** Each filter alone, with a value that is frequent and one that is not, and the pairs that are asked for most. */
const FILTERS: Record<string, Path> = {
  'no filter': '',
  'a plugin': 'plugin_id=catalog',
  'a rare plugin': 'plugin_id=app',
  'no such plugin': (n) => `plugin_id=nowhere-${n}`,
  'an event': 'event_id=entity-fetch',
  'a rare event': 'event_id=role-delete',
  'no such event': (n) => `event_id=nowhere-${n}`,
  'a severity': 'severity_level=medium',
  'a rare severity': 'severity_level=critical',
  'a status': 'status=succeeded',
  failed: 'status=failed',
  'an actor type': 'actor_type=service',
  'a busy actor': (n) => `actor_id=${personId(n % 5)}`,
  'a rare actor': (n) => `actor_id=${personId(2_000 + 37 * n)}`,
  'no such actor': (n) => `actor_id=user:default/nobody-${n}`,
  'a method': 'request_method=GET',
  'a rare method': 'request_method=DELETE',
  'a path': 'request_url=/api/catalog/refresh',
  'paths that begin so': 'request_url=/api/permission/*',
  'no such path': (n) => `request_url=/api/nowhere/${n}`,
  'an action': 'action_type=create',
  'a rare action': 'action_type=execute',
  'a query type': 'query_type=by-query',
  'a busy entity': (n) => `entity_ref=${entityRef(n % 5)}`,
  'no such entity': (n) => `entity_ref=component:default/nowhere-${n}`,
  'plugin and event': 'plugin_id=scaffolder&event_id=task',
  'plugin and failed': 'plugin_id=catalog&status=failed',
  'failed, high and critical': 'status=failed&severity_level=high,critical',
  'actor and failed': (n) => `actor_id=${personId(n % 5)}&status=failed`,
  'actor and plugin': (n) => `actor_id=${personId(n % 5)}&plugin_id=catalog`,
  'actor and event': (n) => `actor_id=${personId(n % 5)}&event_id=task`,
  'actor and entity': (n) =>
    `actor_id=${personId(n % 5)}&entity_ref=${entityRef(n % 3)}`,
  'entity and action': (n) =>
    `entity_ref=${entityRef(n % 5)}&action_type=create`,
  'entity and failed': (n) => `entity_ref=${entityRef(n % 5)}&status=failed`,
  'plugin and severity': 'plugin_id=permission&severity_level=high',
};

const OTHERS: [Group, string, Path][] = [
  ['total', 'total: no filter', `${V2}/total`],
  ['total', 'total: failed', `${V2}/total?status=failed`],
  [
    'total',
    'total: a busy actor',
    (n) => `${V2}/total?actor_id=${personId(n % 5)}`,
  ],
  [
    'total',
    'total: a busy entity',
    (n) => `${V2}/total?entity_ref=${entityRef(n % 5)}`,
  ],
  [
    'total',
    'total: the most frequent path',
    `${V2}/total?request_url=/api/catalog/entities/by-query`,
  ],
  ['v1', 'v1: no filter', V1],
  ['v1', 'v1: a plugin', `${V1}plugin_id=catalog`],
  [
    'v1',
    'v1: failed, high and critical',
    `${V1}status=failed&severity_level=high,critical`,
  ],
  ['v1', 'v1: a busy actor', (n) => `${V1}actor_id=${personId(n % 5)}`],
  [
    'v1',
    'v1: a rare actor',
    (n) => `${V1}actor_id=${personId(2_000 + 37 * n)}`,
  ],
  ['v1', 'v1: a busy entity', (n) => `${V1}entity_ref=${entityRef(n % 5)}`],
  ['v1', 'v1: a path', `${V1}request_url=/api/catalog/refresh`],
  ['v1', 'v1: paths that begin so', `${V1}request_url=/api/permission/*`],
  [
    'v1',
    'v1: the most frequent path',
    `${V1}request_url=/api/catalog/entities/by-query`,
  ],
  ['v1', 'v1: offset 10,000', `${V1}offset=10000`],
  [
    'other',
    'events: not low, not of plugins',
    `${V2}/events?severity_level!=low&actor_id!=plugin:*`,
  ],
  [
    'text',
    'events: a value in meta',
    (n) => `${V2}/events?meta.owner=group:default/team-${n}`,
  ],
  [
    'text',
    'events: no such value in meta',
    (n) => `${V2}/events?meta.owner=nowhere-${n}`,
  ],
  ['text', 'events: text, frequent', (n) => `${V2}/events?q=team-${n % 10}`],
  ['text', 'events: text, nowhere', (n) => `${V2}/events?q=nowhere-${n}`],
  [
    'text',
    'events: text of a busy actor, nowhere',
    (n) => `${V2}/events?actor_id=${personId(n % 5)}&q=nowhere-${n}`,
  ],
  ['facets', 'facets: five counted fields', `${V2}/facets`],
  ['facets', 'facets: of failed ones', `${V2}/facets?status=failed`],
  ['facets', 'facets: actors', `${V2}/facets?field=actor_id`],
  [
    'facets',
    'facets: of a busy actor',
    (n) => `${V2}/facets?actor_id=${personId(n % 5)}`,
  ],
  ['histogram', 'histogram: 30 days by status', `${V2}/histogram?by=status`],
  [
    'histogram',
    'histogram: 90 days by plugin',
    `${V2}/histogram?by=plugin_id&start_time=${daysAgo(90)}`,
  ],
  [
    'histogram',
    'histogram: a day by status',
    `${V2}/histogram?by=status&start_time=${daysAgo(1)}`,
  ],
  [
    'other',
    'histogram: a day by minute',
    `${V2}/histogram?by=status&interval=1m&start_time=${daysAgo(1)}`,
  ],
  [
    'histogram',
    'histogram: a busy actor',
    (n) => `${V2}/histogram?by=status&actor_id=${personId(n % 5)}`,
  ],
  ['other', 'stats', `${V2}/stats`],
  // What any answer takes on this machine.
  ['other', 'healthz: no database', '/healthz'],
];

function daysAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString();
}

const pathOf = (path: Path, before = '') =>
  typeof path === 'string'
    ? () => before + path
    : (n: number) => before + path(n);

/** All of them; the range is the default of 30 days unless a case says otherwise. */
export const CASES: readonly Case[] = [
  ...Object.entries(FILTERS).map(([name, filter]) => ({
    group: 'firstPage' as const,
    name: `events: ${name}`,
    path: pathOf(filter, `${V2}/events?`),
  })),
  ...OTHERS.map(([group, name, path]) => ({ group, name, path: pathOf(path) })),
];
