import { MAX_RULES, protectableEvents } from 'audit-event/exclude';
import type { RequestHandler } from 'express';
import { requireAccess } from '../access/require-access';
import { readPermission, readSettingsPermission } from '../audit-log-plugin';
import { causeOf } from '../access/access';
import { ownEvent } from '../audit/own-event';
import { ownEventId } from '../audit/own-event-id';
import { HttpError } from '../http-error';
import { bodySchema, readJson } from '../http/read-body';
import type { SettingsDeps } from '../settings-routes';
import { eventJson } from '../v1/page-body';
import { dryRun } from './dry-run';
import { protectedEventsOf, rulesToTry, ruleSchema } from './parse-rule-body';

export const DRY_RUN_PATH = '/v2/rules/dry-run';

const DEFAULT_DAYS = 7;
const MAX_DAYS = 366;
const DAY_MS = 24 * 60 * 60 * 1_000;

export const dryRunBody = bodySchema({
  rule: { ...ruleSchema, description: 'Either this or excludeRules' },
  excludeRules: {
    type: 'array',
    items: ruleSchema,
    minItems: 1,
    maxItems: MAX_RULES,
  },
  protectedEvents: { type: 'array', items: { enum: protectableEvents } },
  days: {
    type: 'integer',
    minimum: 1,
    maximum: MAX_DAYS,
    default: DEFAULT_DAYS,
  },
});

/** `POST /v2/rules/dry-run`: what rules would have kept out in the last days. */
export function dryRunRoute(deps: SettingsDeps): RequestHandler {
  return async function dryRunV2(req, res) {
    const access = await requireAccess(
      req,
      deps,
      readSettingsPermission,
      readPermission,
    );
    const body = await readJson(req, dryRunBody);
    const rules = rulesToTry(body);
    const protectedEvents = protectedEventsOf(body.protectedEvents);
    const days = daysOf(body.days);
    const endMs = Date.now();
    const options = { startMs: endMs - days * DAY_MS, endMs, protectedEvents };
    const { samples, ...found } = await deps.database.inScan((db) =>
      dryRun(db, rules, options),
    );
    await deps.recorder.record(
      ownEvent(causeOf(req, access), {
        eventId: ownEventId.rulesDryRun,
        severityLevel: 'low',
        actionType: 'read',
        meta: { rules: rules.length, days, rows: samples.length },
      }),
    );
    const head = JSON.stringify(found).slice(0, -1);
    res
      .type('json')
      .send(`${head},"samples":[${samples.map(eventJson).join(',')}]}`);
  };
}

function daysOf(value: unknown): number {
  if (value === undefined) return DEFAULT_DAYS;
  if (
    Number.isInteger(value) &&
    Number(value) >= 1 &&
    Number(value) <= MAX_DAYS
  )
    return Number(value);
  throw new HttpError(
    'InputError',
    `days must be a whole number from 1 to ${MAX_DAYS}`,
  );
}
