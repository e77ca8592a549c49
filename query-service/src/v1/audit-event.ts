import { listEventsV1 } from 'audit-event/store';
import type { RequestHandler } from 'express';
import { queryOf } from '../query-of';
import { readWhileTold } from '../reader';
import type { ReaderDeps } from '../reader';
import { pageBody } from './page-body';
import { parseQuery } from './parse-query';
import { unknownParameters } from './unknown-parameters';

/** Where Portal has it, below the plugin. */
export const AUDIT_EVENT_PATH = '/v1/audit-event';

/** `GET /v1/audit-event`: a page of audit events, by the contract of Spotify Portal. */
export function listAuditEvents(deps: ReaderDeps): RequestHandler {
  return async function listAuditEventsV1(req, res) {
    const { result, noteRows } = await readWhileTold(req, deps, async () => {
      const { filter, page, unknown } = parseQuery(
        queryOf(req.url),
        Date.now(),
      );
      if (unknown.length > 0) res.set('Warning', unknownParameters(unknown));
      const found = await deps.database.inSnapshot((db) =>
        listEventsV1(db, filter, page),
      );
      return { found, page };
    });
    noteRows(result.found.rows.length);
    res.type('json').send(pageBody(result.found, result.page));
  };
}
