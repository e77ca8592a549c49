import {
  countExclusions,
  findRules,
  OWN_RULE_SET,
  rulesInForce,
} from 'audit-event/store';
import type { RequestHandler } from 'express';
import { requireAccess } from '../access/require-access';
import {
  readSettingsPermission,
  writeSettingsPermission,
} from '../audit-log-plugin';
import { etagOf, requireMatch } from '../http/if-match';
import { readJson, readText } from '../http/read-body';
import type { Route } from '../http/route';
import { causeOf } from '../access/access';
import type { SettingsDeps } from '../settings-routes';
import { createRule } from './create-rule';
import { ruleBodySchema, ruleOf, ruleSetOf } from './parse-rule-body';
import { replaceRules } from './replace-rules';
import { rulesBody } from './rules-body';
import { rulesYaml } from './rules-yaml';

export const RULES_PATH = '/v2/rules';

/** Days for which it is told what each rule kept out. */
const DAYS = 30;
export const YAML = 'application/yaml';

/** `/v2/rules`: all rules, as a list or in the contract's YAML; a new one; the whole set anew. */
export function rulesRoute(deps: SettingsDeps): Route {
  return {
    path: RULES_PATH,
    get: listRules(deps),
    async post(req, res) {
      const access = await requireAccess(req, deps, writeSettingsPermission);
      const rule = ruleOf(await readJson(req, ruleBodySchema));
      const made = await createRule(deps.recorder, causeOf(req, access), rule);
      res
        .status(201)
        .location(`${req.path}/${made.id}`)
        .set('ETag', etagOf(made.version))
        .json(made);
    },
    async put(req, res) {
      const access = await requireAccess(req, deps, writeSettingsPermission);
      const text = await readText(req, [YAML, 'application/json']);
      const replaced = await replaceRules(
        deps.recorder,
        causeOf(req, access),
        ruleSetOf(text),
        (revision) => requireMatch(req, revision),
      );
      const { revision, ...counts } = replaced;
      res.set('ETag', etagOf(revision)).json(counts);
    },
  };
}

function listRules(deps: SettingsDeps): RequestHandler {
  return async function listRulesV2(req, res) {
    await requireAccess(req, deps, readSettingsPermission);
    const found = await deps.database.inSnapshot(async (db) => ({
      ...(await findRules(db)),
      inForce: await rulesInForce(db, OWN_RULE_SET.hash),
      counts: await countExclusions(db, DAYS),
    }));
    const { rules, revision, inForce, counts } = found;
    res.set('ETag', etagOf(revision)).vary('Accept');
    if (req.accepts(['application/json', YAML]) === YAML)
      res.type(YAML).send(rulesYaml(rules));
    else res.json(rulesBody(rules, inForce, counts));
  };
}
