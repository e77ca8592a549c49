import type { JsonObject } from 'audit-event';
import {
  addRuleVersions,
  findRules,
  findRuleVersions,
  lockRules,
} from 'audit-event/store';
import type { Queryable, RuleRow } from 'audit-event/store';
import { writtenRule } from 'audit-event/exclude';
import type { Rule } from 'audit-event/exclude';
import type { Request } from 'express';
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
import { readJson } from '../http/read-body';
import type { Route } from '../http/route';
import { uuidParameter } from '../http/uuid-parameter';
import type { SettingsDeps } from '../settings-routes';
import { ruleBodySchema, ruleOf } from './parse-rule-body';
import { ruleRef } from './rule-ref';
import { ruleBody } from './rules-body';
import { refuseSame } from './same-rule';

export const RULE_PATH = '/v2/rules/:id';
export const RULE_VERSIONS_PATH = '/v2/rules/:id/versions';

/** `/v2/rules/{id}`: one rule, to see, change and delete. */
export function ruleRoute(deps: SettingsDeps): Route {
  return {
    path: RULE_PATH,
    async get(req, res) {
      await requireAccess(req, deps, readSettingsPermission);
      const id = uuidParameter(req.params['id']);
      const rule = await deps.database.inSnapshot((db) => ruleAt(db, id));
      res.set('ETag', etagOf(rule.version)).json(ruleBody(rule));
    },
    async put(req, res) {
      const access = await requireAccess(req, deps, writeSettingsPermission);
      const id = uuidParameter(req.params['id']);
      const to = ruleOf(await readJson(req, ruleBodySchema));
      const rule = await change(deps, req, access, id, to);
      res.set('ETag', etagOf(rule!.version)).json(ruleBody(rule!));
    },
    async delete(req, res) {
      const access = await requireAccess(req, deps, writeSettingsPermission);
      await change(deps, req, access, uuidParameter(req.params['id']), null);
      res.status(204).end();
    },
  };
}

/** `GET /v2/rules/{id}/versions`: who made a rule what it is, and what it was before. */
export function ruleVersionsRoute(deps: SettingsDeps): Route {
  return {
    path: RULE_VERSIONS_PATH,
    async get(req, res) {
      await requireAccess(req, deps, readSettingsPermission);
      const id = uuidParameter(req.params['id']);
      const data = await deps.database.inSnapshot((db) =>
        findRuleVersions(db, id),
      );
      if (data.length === 0) throw notFound(id);
      res.json({ data });
    },
  };
}

/** Gives a rule its next version; null deletes it. */
function change(
  { recorder }: SettingsDeps,
  req: Request,
  access: Parameters<typeof causeOf>[1],
  id: string,
  to: { rule: Rule; comment: string | null } | null,
): Promise<RuleRow | undefined> {
  const cause = causeOf(req, access);
  const after = to && {
    rule: writtenRule(to.rule),
    comment: to.comment,
  };
  return recorder.change(async (db) => {
    await lockRules(db);
    const before = await ruleAt(db, id);
    requireMatch(req, before.version);
    if (to) refuseSame((await findRules(db)).rules, to.rule, id);
    await addRuleVersions(
      db,
      [
        {
          id,
          version: before.version + 1,
          rule: after && after.rule,
          comment: after && after.comment,
        },
      ],
      cause.actor.id,
    );
    const event = ownEvent(cause, {
      eventId: to ? ownEventId.ruleChange : ownEventId.ruleDelete,
      severityLevel: 'high',
      actionType: to ? 'update' : 'delete',
      entityRef: ruleRef(id),
      meta: {
        before: { rule: before.rule as JsonObject, comment: before.comment },
        ...(after && { after }),
      },
    });
    const result = to ? await ruleAt(db, id) : undefined;
    return { result, events: [event] };
  });
}

async function ruleAt(db: Queryable, id: string): Promise<RuleRow> {
  const rule = (await findRules(db, id)).rules[0];
  if (!rule) throw notFound(id);
  return rule;
}

function notFound(id: string): HttpError {
  return new HttpError('NotFoundError', `There is no rule ${id}`);
}
