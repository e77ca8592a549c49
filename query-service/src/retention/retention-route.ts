import { kindOf } from 'audit-event';
import type { JsonObject } from 'audit-event';
import {
  addRetentionVersion,
  findRetention,
  lockRetention,
} from 'audit-event/store';
import type { RetentionRow } from 'audit-event/store';
import { causeOf } from '../access/access';
import { requireAccess } from '../access/require-access';
import {
  readSettingsPermission,
  writeSettingsPermission,
} from '../audit-log-plugin';
import { ownEvent } from '../audit/own-event';
import { ownEventId } from '../audit/own-event-id';
import { HttpError } from '../http-error';
import { etagOf, requireMatch } from '../http/if-match';
import { bodySchema, readJson } from '../http/read-body';
import type { Route } from '../http/route';
import type { SettingsDeps } from '../settings-routes';

export const RETENTION_PATH = '/v2/retention';

/** A hundred years, as the database checks too. */
const MAX_DAYS = 36_500;

export const retentionBody = bodySchema(
  {
    days: {
      type: ['integer', 'null'],
      minimum: 1,
      maximum: MAX_DAYS,
      description: 'After the end of their month; null: for ever',
    },
    drop_without_archive: {
      type: 'boolean',
      default: false,
      description: 'Whether a month may be dropped that no archive has',
    },
  },
  ['days'],
);

type Wanted = Pick<RetentionRow, 'days' | 'drop_without_archive'>;

/** `/v2/retention`: how long events are kept. */
export function retentionRoute(deps: SettingsDeps): Route {
  return {
    path: RETENTION_PATH,
    async get(req, res) {
      await requireAccess(req, deps, readSettingsPermission);
      const retention = await deps.database.inSnapshot(findRetention);
      res.set('ETag', etagOf(retention.version)).json(retention);
    },
    async put(req, res) {
      const access = await requireAccess(req, deps, writeSettingsPermission);
      const wanted = wantedOf(await readJson(req, retentionBody));
      const cause = causeOf(req, access);
      const retention = await deps.recorder.change(async (db) => {
        await lockRetention(db);
        const before = await findRetention(db);
        requireMatch(req, before.version);
        if (isSame(before, wanted)) return { result: before, events: [] };
        const next = { ...wanted, version: before.version + 1 };
        await addRetentionVersion(db, next, cause.actor.id);
        const event = ownEvent(cause, {
          eventId: ownEventId.retentionChange,
          severityLevel: 'high',
          actionType: 'update',
          entityRef: 'audit-log-retention',
          meta: { before: metaOf(before), after: metaOf(wanted) },
        });
        return { result: await findRetention(db), events: [event] };
      });
      res.set('ETag', etagOf(retention.version)).json(retention);
    },
  };
}

function wantedOf(
  body: Partial<Record<'days' | 'drop_without_archive', unknown>>,
): Wanted {
  const { days, drop_without_archive = false } = body;
  const isDays =
    days === null ||
    (Number.isInteger(days) && Number(days) >= 1 && Number(days) <= MAX_DAYS);
  if (!isDays)
    throw new HttpError(
      'InputError',
      `days must be a whole number from 1 to ${MAX_DAYS}, or null to keep events for ever, got ${days === undefined ? 'nothing' : typeof days === 'number' ? days : kindOf(days)}`,
    );
  if (typeof drop_without_archive !== 'boolean')
    throw new HttpError(
      'InputError',
      `drop_without_archive must be true or false, got ${kindOf(drop_without_archive)}`,
    );
  return { days: days as number | null, drop_without_archive };
}

function isSame(one: Wanted, other: Wanted): boolean {
  return (
    one.days === other.days &&
    one.drop_without_archive === other.drop_without_archive
  );
}

function metaOf({ days, drop_without_archive }: Wanted): JsonObject {
  return { days, drop_without_archive };
}
