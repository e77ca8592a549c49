import { parseRules, ruleLines, writtenRule } from 'audit-event/exclude';
import { requireAccess } from '../access/require-access';
import { readSettingsPermission } from '../audit-log-plugin';
import { readText } from '../http/read-body';
import type { Route } from '../http/route';
import type { SettingsDeps } from '../settings-routes';
import { YAML } from './rules-route';

/** Below the plugin. */
export const CHECK_PATH = '/v2/rules/check';

/** `POST /v2/rules/check`: whether a set of rules could come into force as it is written, and where each rule stands. */
export function checkRoute(deps: SettingsDeps): Route {
  return {
    path: CHECK_PATH,
    async post(req, res) {
      await requireAccess(req, deps, readSettingsPermission);
      const yaml = await readText(req, [YAML]);
      const parsed = parseRules(yaml, { rulesOnly: true });
      if (parsed.status === 'invalid') {
        const { reason } = parsed;
        const [, line] = /^line (\d+): /.exec(reason) ?? [];
        res.json({
          status: 'invalid',
          line: line ? Number(line) : null,
          reason,
        });
        return;
      }
      const lines = ruleLines(yaml);
      const rules = parsed.rules.map(({ rule }, i) => ({
        rule: writtenRule(rule),
        ...lines[i],
      }));
      res.json({ status: 'valid', rules });
    },
  };
}
