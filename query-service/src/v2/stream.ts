import { findStream } from 'audit-event/store';
import type { RequestHandler } from 'express';
import { HttpError } from '../http-error';
import { queryOf } from '../query-of';
import { requireReader } from '../reader';
import type { ReaderDeps } from '../reader';
import { idParameter } from './id-parameter';
import { readParameters } from '../http/parameters';
import { silentAfterMs, silentAfterParameter } from './silent-after';
import { streamBody } from './streams';

/** Below the plugin. */
export const STREAM_PATH = '/v2/streams/:id';

export const streamParameters = { silent_after: silentAfterParameter };

/** `GET /v2/streams/{id}`: one stream, with more of what is missing, lost and duplicate than the list shows. */
export function streamRoute(deps: ReaderDeps): RequestHandler {
  return async function findStreamV2(req, res) {
    await requireReader(req, deps);

    const id = idParameter(req.params['id']);
    const params = readParameters(queryOf(req.url), streamParameters);
    const stream = await deps.database.inSnapshot((db) =>
      findStream(db, id, silentAfterMs(params)),
    );
    if (!stream)
      throw new HttpError('NotFoundError', `There is no stream ${id}`);
    res.json(streamBody(stream));
  };
}
