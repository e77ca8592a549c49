import type { AuditedRequest } from 'audit-event';
import { cleanField } from './clean-field';
import { redactQuery } from './redact-query';
import { redactSecrets } from './redact-secrets';
import type { IsSecret } from './secret-names';

/** A request as callers know it: `url` is path and query as in the request line, `path` and `query` count before it. */
export interface RequestInput extends AuditedRequest {
  url?: string | undefined;
}

/**
 * The request as it is recorded: path and query apart, the secrets in the query replaced.
 *
 * @example
 * cleanRequest({ method: 'GET', url: '/a?token=1' }, secretNames()); // { method: 'GET', path: '/a', query: 'token=REDACTED' }
 */
export function cleanRequest(
  request: RequestInput | undefined,
  isSecret: IsSecret,
): AuditedRequest | undefined {
  if (request === undefined) return undefined;
  const { path, query } = splitUrl(request.url);
  const fullPath = cleanField(request.path) ?? cleanField(path);
  const fullQuery = cleanField(request.query) ?? cleanField(query);
  return {
    method: cleanField(request.method),
    // An absolute-form request target (RFC 9112 section 3.2.2) can hold credentials.
    path: fullPath?.includes('://') ? redactSecrets(fullPath) : fullPath,
    query:
      fullQuery === undefined ? undefined : redactQuery(fullQuery, isSecret),
    host: cleanField(request.host),
  };
}

function splitUrl(url: unknown): { path?: string; query?: string } {
  if (typeof url !== 'string') return {};
  const mark = url.indexOf('?');
  if (mark === -1) return { path: url };
  return { path: url.slice(0, mark), query: url.slice(mark + 1) };
}
