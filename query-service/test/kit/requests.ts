import { randomUUID } from 'node:crypto';
import { ADMIN_TOKEN } from '../service';

/** Of nothing that there is. */
export const NOBODY = randomUUID();

/** A request and the status that it is answered with. */
export interface Asked {
  /** Which of the things there are. */
  of?: string;
  /** The id of the path, instead. */
  id?: string;
  query?: string;
  headers?: Record<string, string>;
  body?: unknown;
  /** Another method than its own. */
  method?: string;
  status: number;
}

const match = { headers: { 'if-match': '*' } };
const yaml = { headers: { 'content-type': 'application/yaml' } };
const noToken = { headers: { authorization: '' }, status: 401 };
const otherMethod = { method: 'PATCH', status: 405 };
const badQuery = { query: 'unknown=1', status: 400 };
const badBody = { body: { unknown: 1 }, status: 400 };
const nobody = { id: NOBODY, status: 404 };
const rule = { actorId: 'plugin:b' };

/** By operation: a request that goes well, and others that do not. In an order in which they can be made. */
export const requests: Record<string, Asked[]> = {
  listAuditEvents: [
    { query: 'limit=10', status: 200 },
    { query: 'limit=0', status: 400 },
  ],
  listEvents: [{ query: 'limit=1', status: 200 }, badQuery, noToken],
  findEvent: [
    { of: 'event', status: 200 },
    { id: NOBODY, query: 'start_time=2026-01-01T00:00:00Z', status: 404 },
    { id: NOBODY, status: 400 },
  ],
  countEvents: [{ query: 'status=failed', status: 200 }, badQuery, noToken],
  listFacets: [
    { query: 'field=status,stream_seq,flags', status: 200 },
    { query: 'field=x', status: 400 },
  ],
  showHistogram: [
    { query: 'by=plugin_id', status: 200 },
    { query: 'interval=2s', status: 400 },
  ],
  showStats: [{ status: 200 }, badQuery],
  exportEvents: [
    { status: 200 },
    { query: 'format=csv', status: 200 },
    { query: 'format=xml', status: 400 },
  ],
  tailEvents: [
    { query: 'format=json&since=2020-01-01T00:00:00Z', status: 200 },
    { query: 'format=json&cursor=x', status: 400 },
  ],
  listStreams: [{ status: 200 }, { query: 'state=gone', status: 400 }],
  findStream: [{ of: 'stream', status: 200 }, nobody],
  findOperation: [
    {
      of: 'operation',
      query: 'start_time=2020-01-01T00:00:00Z&end_time=2100-01-01T00:00:00Z',
      status: 200,
    },
    { id: NOBODY, status: 400 },
  ],
  findLedger: [
    { status: 200 },
    { query: 'compare=true', status: 200 },
    { query: 'compare=yes', status: 400 },
  ],
  listQuarantined: [
    { query: 'limit=1', status: 200 },
    { query: 'limit=1001', status: 400 },
  ],
  findQuarantined: [{ of: 'quarantined', status: 200 }, nobody],
  findQuarantinedBytes: [
    { of: 'quarantined', status: 200 },
    { id: 'x', status: 400 },
  ],
  checkRules: [
    { ...yaml, body: 'excludeRules:\n  - eventId: task\n', status: 200 },
    { ...yaml, body: 'excludeRules: [', status: 200 },
    { body: '{}', status: 415 },
  ],
  tryRules: [{ body: { rule: { pluginId: '*a*' } }, status: 200 }, badBody],
  createRule: [
    { body: { rule }, status: 201 },
    { body: { rule }, status: 409 },
    badBody,
    { body: '{', status: 400 },
    { body: '{}', headers: { 'content-type': 'text/plain' }, status: 415 },
    { body: ' '.repeat(2 ** 20 + 1), status: 413 },
  ],
  listRules: [
    { status: 200 },
    { headers: { accept: 'application/yaml' }, status: 200 },
    noToken,
  ],
  findRule: [{ of: 'rule', status: 200 }, nobody],
  changeRule: [
    { of: 'rule', body: { rule: { actorId: 'c' } }, ...match, status: 200 },
    { of: 'rule', body: { rule }, status: 428 },
    { of: 'rule', body: { rule }, headers: { 'if-match': '"9"' }, status: 412 },
  ],
  listRuleVersions: [{ of: 'rule', status: 200 }, nobody],
  deleteRule: [
    { of: 'rule', status: 428 },
    { of: 'rule', ...match, status: 204 },
  ],
  replaceRules: [
    { body: { excludeRules: [rule] }, ...match, status: 200 },
    { body: { excludeRules: [{}] }, ...match, status: 400 },
  ],
  listPartitions: [{ status: 200 }, badQuery],
  showRetention: [{ status: 200 }, noToken],
  changeRetention: [
    { body: { days: 400 }, ...match, status: 200 },
    { body: { days: 0 }, ...match, status: 400 },
  ],
  listHolds: [{ status: 200 }, noToken],
  createHold: [
    { body: { reason: 'x', start_time: '2026-01-01T00:00:00Z' }, status: 201 },
    { body: { reason: '' }, status: 400 },
  ],
  findHold: [{ of: 'hold', status: 200 }, nobody],
  releaseHold: [
    { of: 'hold', status: 400 },
    { of: 'hold', query: 'reason=over', status: 200 },
    { of: 'hold', query: 'reason=over', status: 409 },
  ],
  listTokens: [{ status: 200 }, noToken],
  createToken: [
    { body: { subject: 'a', access_restrictions: null }, status: 201 },
    { body: { subject: 'a' }, status: 409 },
    { body: { subject: 'A' }, status: 400 },
  ],
  findToken: [{ of: 'token', status: 200 }, nobody],
  changeToken: [
    {
      of: 'token',
      body: {
        access_restrictions: null,
        expires_at: '2100-01-01T00:00:00Z',
      },
      ...match,
      status: 200,
    },
    { of: 'token', body: {}, ...match, status: 400 },
    {
      of: 'token',
      body: { access_restrictions: null, expires_at: null },
      status: 428,
    },
  ],
  setTokenSecret: [
    { of: 'token', body: {}, status: 200 },
    { of: 'token', body: { secret: 'short' }, status: 400 },
  ],
  revokeToken: [{ of: 'token', status: 200 }, nobody],
  deleteToken: [
    { of: 'token', status: 428 },
    { of: 'token', ...match, status: 204 },
  ],
  showSession: [{ status: 200 }, noToken],
  signIn: [
    { body: { token: ADMIN_TOKEN }, status: 201 },
    { body: { token: 'wrong' }, status: 401 },
    badBody,
  ],
  signOut: [{ status: 400 }, noToken],
  beginOidcSignIn: [{ status: 404 }],
  finishOidcSignIn: [{ status: 404 }],
  signInHtml: [{ status: 200 }, otherMethod],
  signInJs: [{ status: 200 }, otherMethod],
  signInCss: [{ status: 200 }, otherMethod],
  showOpenApi: [{ status: 200 }, otherMethod],
  showDocs: [{ status: 200 }, otherMethod],
  showDocsStyle: [{ status: 200 }, otherMethod],
  showHealth: [{ status: 200 }, otherMethod],
  showReadiness: [{ status: 200 }, otherMethod],
  showMetrics: [{ status: 200 }, otherMethod],
};
