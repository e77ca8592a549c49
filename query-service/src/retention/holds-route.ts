import { randomUUID } from 'node:crypto';
import type { JsonObject } from 'audit-event';
import { createHold, findHolds } from 'audit-event/store';
import type { HoldRow, NewHold } from 'audit-event/store';
import { causeOf } from '../access/access';
import { requireAccess } from '../access/require-access';
import {
  readSettingsPermission,
  writeSettingsPermission,
} from '../audit-log-plugin';
import { ownEvent } from '../audit/own-event';
import { ownEventId } from '../audit/own-event-id';
import { HttpError } from '../http-error';
import { bodySchema, readJson } from '../http/read-body';
import type { Route } from '../http/route';
import { timeField, timeFieldSchema } from '../http/time-field';
import type { SettingsDeps } from '../settings-routes';
import { holdRef, MAX_REASON_LENGTH, reasonOf } from './hold-words';

export const HOLDS_PATH = '/v2/holds';

const bound = {
  ...timeFieldSchema,
  description: 'Inclusive; null: open on this side',
};

export const holdBody = bodySchema(
  {
    start_time: bound,
    end_time: bound,
    reason: { type: 'string', minLength: 1, maxLength: MAX_REASON_LENGTH },
  },
  ['reason'],
);

/** `/v2/holds`: all legal holds that there ever were; a new one. */
export function holdsRoute(deps: SettingsDeps): Route {
  return {
    path: HOLDS_PATH,
    async get(req, res) {
      await requireAccess(req, deps, readSettingsPermission);
      const data = await deps.database.inSnapshot((db) => findHolds(db));
      res.json({ data });
    },
    async post(req, res) {
      const access = await requireAccess(req, deps, writeSettingsPermission);
      const wanted = holdOf(await readJson(req, holdBody));
      const cause = causeOf(req, access);
      const hold = await deps.recorder.change(async (db) => {
        const made = await createHold(db, wanted, cause.actor.id);
        const event = ownEvent(cause, {
          eventId: ownEventId.holdCreate,
          severityLevel: 'high',
          actionType: 'create',
          entityRef: holdRef(made.id),
          meta: { after: metaOf(made) },
        });
        return { result: made, events: [event] };
      });
      res.status(201).location(`${req.path}/${hold.id}`).json(hold);
    },
  };
}

function holdOf(
  body: Partial<Record<keyof typeof holdBody.properties, unknown>>,
): NewHold {
  const startMs = timeField('start_time', body.start_time);
  const endMs = timeField('end_time', body.end_time);
  if (startMs !== undefined && endMs !== undefined && startMs > endMs)
    throw new HttpError(
      'InputError',
      'start_time must not be after end_time; leave one out for a hold without that bound',
    );
  return { id: randomUUID(), startMs, endMs, reason: reasonOf(body.reason) };
}

function metaOf({ start_time, end_time, reason }: HoldRow): JsonObject {
  return { start_time, end_time, reason };
}
