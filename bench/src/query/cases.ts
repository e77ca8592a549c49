import { personId, entityRef } from '../seed/portal-events';

/** One question to the API; a number makes it another one of the same kind each time. */
export interface Case {
  name: string;
  path: (n: number) => string;
}

const V1 = '/api/audit-log/v1/audit-event?';
const V2 = '/api/audit-log/v2';

const cases: [string, string | ((n: number) => string)][] = [
  ['v1: newest page', V1],
  ['v1: one plugin', `${V1}plugin_id=catalog`],
  [
    'v1: failed, high and critical',
    `${V1}status=failed&severity_level=high,critical`,
  ],
  ['v1: a busy actor', (n) => `${V1}actor_id=${personId(n % 5)}`],
  ['v1: a rare actor', (n) => `${V1}actor_id=${personId(2_000 + 37 * n)}`],
  ['v1: a busy entity', (n) => `${V1}entity_ref=${entityRef(n % 5)}`],
  ['v1: a path', `${V1}request_url=/api/permission/*`],
  ['v1: offset 10,000', `${V1}offset=10000`],
  ['events: newest page', `${V2}/events`],
  [
    'events: failed, high and critical',
    `${V2}/events?status=failed&severity_level=high,critical`,
  ],
  [
    'events: not low, not of plugins',
    `${V2}/events?severity_level!=low&actor_id!=plugin:*`,
  ],
  ['events: a busy actor', (n) => `${V2}/events?actor_id=${personId(n % 5)}`],
  [
    'events: a busy entity',
    (n) => `${V2}/events?entity_ref=${entityRef(n % 5)}`,
  ],
  [
    'events: a value in meta',
    (n) => `${V2}/events?meta.owner=group:default/team-${n}`,
  ],
  ['events: free text, frequent', (n) => `${V2}/events?q=team-${n % 10}`],
  ['events: free text, nowhere', (n) => `${V2}/events?q=nowhere-${n}`],
  ['facets: five counted fields', `${V2}/facets`],
  ['facets: of failed ones', `${V2}/facets?status=failed`],
  ['facets: actors', `${V2}/facets?field=actor_id`],
  [
    'facets: of a busy actor',
    (n) => `${V2}/facets?actor_id=${personId(n % 5)}`,
  ],
  ['histogram: 30 days by status', `${V2}/histogram?by=status`],
  [
    'histogram: 90 days by plugin',
    `${V2}/histogram?by=plugin_id&start_time=${daysAgo(90)}`,
  ],
  [
    'histogram: a day by minute',
    `${V2}/histogram?by=status&interval=1m&start_time=${daysAgo(1)}`,
  ],
  [
    'histogram: a busy actor',
    (n) => `${V2}/histogram?by=status&actor_id=${personId(n % 5)}`,
  ],
  ['stats', `${V2}/stats`],
];

function daysAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString();
}

/** All of them. */
export const CASES: readonly Case[] = cases.map(([name, path]) => ({
  name,
  path: typeof path === 'string' ? () => path : path,
}));
