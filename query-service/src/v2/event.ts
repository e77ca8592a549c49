import { timeOfUuid } from 'audit-event';
import { findEvent } from 'audit-event/store';
import type { RelatedEvents } from 'audit-event/store';
import type { RequestHandler } from 'express';
import { HttpError } from '../http-error';
import { queryOf } from '../query-of';
import { requireReader } from '../reader';
import type { ReaderDeps } from '../reader';
import { idParameter } from './id-parameter';
import { operationTime } from './operation-time';

/** Below the plugin. */
export const EVENT_PATH = '/v2/events/:id';

/** An id of ours is made in the moment of its event. */
const NEAR_MS = 1_000;

/** `GET /v2/events/{id}`: all that is known of an event, with what belongs to the same operation and trace. */
export function eventRoute(deps: ReaderDeps): RequestHandler {
  return async function findEventV2(req, res) {
    const { noteRows } = await requireReader(req, deps);

    const id = idParameter(req.params['id']);
    const time = operationTime(id, queryOf(req.url));
    const detail = await deps.database.inSnapshot(async (db) => {
      const made = timeOfUuid(id);
      const near =
        made === undefined
          ? undefined
          : await findEvent(db, id, {
              startMs: Math.max(time.startMs, made - NEAR_MS),
              endMs: Math.min(time.endMs, made + NEAR_MS),
            });
      return near ?? findEvent(db, id, time);
    });
    if (!detail)
      throw new HttpError(
        'NotFoundError',
        `There is no event ${id} from ${new Date(time.startMs).toISOString()} to ${new Date(time.endMs).toISOString()}`,
      );
    noteRows(1);
    res
      .type('json')
      .send(
        `{"event":${detail.event.json},"operation":${relatedJson(detail.operation)},"trace":${relatedJson(detail.trace)}}`,
      );
  };
}

function relatedJson({ events, has_more }: RelatedEvents): string {
  return `{"events":[${events.join(',')}],"has_more":${has_more}}`;
}
