import { findHolds, releaseHold } from 'audit-event/store';
import type { HoldRow, Queryable } from 'audit-event/store';
import { causeOf } from '../access/access';
import { requireAccess } from '../access/require-access';
import {
  readSettingsPermission,
  writeSettingsPermission,
} from '../audit-log-plugin';
import { ownEvent } from '../audit/own-event';
import { ownEventId } from '../audit/own-event-id';
import { HttpError } from '../http-error';
import type { Route } from '../http/route';
import { uuidParameter } from '../http/uuid-parameter';
import { queryOf } from '../query-of';
import type { SettingsDeps } from '../settings-routes';
import { anyText } from '../http/parameter-table';
import { readParameters } from '../http/parameters';
import { holdRef, MAX_REASON_LENGTH, reasonOf } from './hold-words';

export const HOLD_PATH = '/v2/holds/:id';

export const releaseParameters = {
  reason: {
    ...anyText('Why', { maxLength: MAX_REASON_LENGTH }),
    required: true,
  },
};

/** `/v2/holds/{id}`: one legal hold, to see and to release. A release says why as a parameter: proxies may drop the body of DELETE. */
export function holdRoute(deps: SettingsDeps): Route {
  return {
    path: HOLD_PATH,
    async get(req, res) {
      await requireAccess(req, deps, readSettingsPermission);
      const id = uuidParameter(req.params['id']);
      res.json(await deps.database.inSnapshot((db) => holdAt(db, id)));
    },
    async delete(req, res) {
      const access = await requireAccess(req, deps, writeSettingsPermission);
      const id = uuidParameter(req.params['id']);
      const params = readParameters(queryOf(req.url), releaseParameters);
      const reason = reasonOf(params.text('reason'));
      const cause = causeOf(req, access);
      const hold = await deps.recorder.change(async (db) => {
        const before = await holdAt(db, id);
        const released = await releaseHold(db, id, reason, cause.actor.id);
        if (!released) {
          // Not `before`: another copy of the service may have released it meanwhile.
          const { released_at, released_by } = await holdAt(db, id);
          throw new HttpError(
            'ConflictError',
            `The hold was released already, at ${released_at} by ${released_by}`,
          );
        }
        const event = ownEvent(cause, {
          eventId: ownEventId.holdRelease,
          severityLevel: 'high',
          actionType: 'delete',
          entityRef: holdRef(id),
          meta: {
            before: {
              start_time: before.start_time,
              end_time: before.end_time,
              reason: before.reason,
            },
            reason,
          },
        });
        return { result: released, events: [event] };
      });
      res.json(hold);
    },
  };
}

async function holdAt(db: Queryable, id: string): Promise<HoldRow> {
  const [hold] = await findHolds(db, id);
  if (hold) return hold;
  throw new HttpError('NotFoundError', `There is no hold ${id}`);
}
