import { listEventsV1 } from 'audit-event/store';
import type { RequestHandler } from 'express';
import { readPermission } from '../audit-log-plugin';
import { authenticate } from '../authenticate';
import { authorize } from '../authorize';
import type { Database } from '../database';
import type { Token } from '../tokens/token';
import type { TokenList } from '../tokens/token-list';
import { pageBody } from './page-body';
import { parseQuery } from './parse-query';
import { unknownParameters } from './unknown-parameters';

/** Where Portal has it, below the plugin. */
export const AUDIT_EVENT_PATH = '/v1/audit-event';

export interface AuditEventDeps {
  database: Pick<Database, 'inSnapshot'>;
  tokens: TokenList;
  noteUse: (token: Token) => void;
}

/** `GET /v1/audit-event`: a page of audit events, by the contract of Spotify Portal. */
export function listAuditEvents(deps: AuditEventDeps): RequestHandler {
  return async function listAuditEventsV1(req, res) {
    const token = await authenticate(req.headers.authorization, deps.tokens);
    deps.noteUse(token);
    authorize(token, readPermission);

    const { filter, page, unknown } = parseQuery(queryOf(req.url), Date.now());
    if (unknown.length > 0) res.set('Warning', unknownParameters(unknown));

    const found = await deps.database.inSnapshot((db) =>
      listEventsV1(db, filter, page),
    );
    res.type('json').send(pageBody(found, page));
  };
}

/** All pairs in their order, however many: Express's own parsers drop those past the thousandth. */
function queryOf(url: string): URLSearchParams {
  const start = url.indexOf('?');
  return new URLSearchParams(start < 0 ? '' : url.slice(start + 1));
}
