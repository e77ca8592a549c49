import { findOperation } from 'audit-event/store';
import type { RequestHandler } from 'express';
import { HttpError } from '../http-error';
import { queryOf } from '../query-of';
import { requireReader } from '../reader';
import type { ReaderDeps } from '../reader';
import { eventJson } from '../v1/page-body';
import { idParameter } from './id-parameter';
import { operationTime } from './operation-time';

/** Below the plugin. */
export const OPERATION_PATH = '/v2/operations/:id';

/** `GET /v2/operations/{id}`: all records of an operation in order, and what became of it. */
export function operationRoute(deps: ReaderDeps): RequestHandler {
  return async function findOperationV2(req, res) {
    const reading = await requireReader(req, deps);

    const id = idParameter(req.params['id']);
    const time = operationTime(id, queryOf(req.url));
    const found = await deps.database.inSnapshot((db) =>
      findOperation(db, id, time),
    );
    if (!found)
      throw new HttpError(
        'NotFoundError',
        `There is no record of operation ${id} from ${printed(time.startMs)} to ${printed(time.endMs)}`,
      );
    const { records, ...operation } = found;
    reading.noteRows(records.length);
    const head = JSON.stringify({ id, ...operation }).slice(0, -1);
    res
      .type('json')
      .send(`${head},"records":[${records.map(eventJson).join(',')}]}`);
  };
}

function printed(ms: number): string {
  return new Date(ms).toISOString();
}
