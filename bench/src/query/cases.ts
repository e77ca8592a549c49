import { personId, entityRef } from '../seed/portal-events';

/** One question to the API; a number makes it another one of the same kind each time. */
export interface Case {
  name: string;
  path: (n: number) => string;
}

const V1 = '/api/audit-log/v1/audit-event?';

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
];

/** All of them. */
export const CASES: readonly Case[] = cases.map(([name, path]) => ({
  name,
  path: typeof path === 'string' ? () => path : path,
}));
