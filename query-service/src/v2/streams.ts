import { listStreams, streamStates } from 'audit-event/store';
import type { StreamRow } from 'audit-event/store';
import type { RequestHandler } from 'express';
import { limitIn } from '../http/page-limit';
import { queryOf } from '../query-of';
import { requireReader } from '../reader';
import type { ReaderDeps } from '../reader';
import {
  anyText,
  cursorParameter,
  limitParameter,
  someWords,
} from '../http/parameter-table';
import { readParameters } from '../http/parameters';
import { cursorContext, openCursor, sealCursor } from './cursor';
import { silentAfterMs, silentAfterParameter } from './silent-after';

/** Below the plugin. */
export const STREAMS_PATH = '/v2/streams';

export const streamsParameters = {
  state: someWords('Any of these', streamStates),
  service_name: anyText('service.name of the emitting process, exact'),
  silent_after: silentAfterParameter,
  limit: limitParameter,
  cursor: cursorParameter,
};

/** Where the next page begins. */
interface Place {
  after: string;
}

/** `GET /v2/streams`: whether all came that emitters sent, one row per start of an emitting process. */
export function streamsRoute(deps: ReaderDeps): RequestHandler {
  return async function listStreamsV2(req, res) {
    const reading = await requireReader(req, deps);

    const params = readParameters(queryOf(req.url), streamsParameters);
    const limit = limitIn(params);
    const filter = {
      states: params.someOf('state', streamStates),
      serviceName: params.text('service_name'),
      silentAfterMs: silentAfterMs(params),
    };
    const question = ['streams', filter];
    const context = await cursorContext(deps, reading.access, question);
    const cursor = params.text('cursor');
    const place =
      cursor === undefined ? undefined : (openCursor(cursor, context) as Place);

    const rows = await deps.database.inSnapshot((db) =>
      listStreams(db, filter, { limit, after: place?.after }),
    );
    reading.noteRows(rows.length);
    const last = rows.length === limit ? rows.at(-1) : undefined;
    res.json({
      data: rows.map(streamBody),
      next_cursor: last ? sealCursor({ after: last.position }, context) : null,
    });
  };
}

/** A stream as it is shown: its place among all is for cursors alone, and JSON leaves it out. */
export function streamBody(stream: StreamRow): object {
  return { ...stream, position: undefined };
}
