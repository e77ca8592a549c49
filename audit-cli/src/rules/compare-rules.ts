import { ruleText } from './rule';
import type { Rule } from './rule';

/** What bringing a set of rules into force would change. */
export interface RuleDifference {
  added: Rule[];
  removed: Rule[];
  kept: Rule[];
}

/** Rules are the same that say the same, whatever the order of their keys; the service holds it so too. */
export function compareRules(
  there: readonly Rule[],
  wanted: readonly Rule[],
): RuleDifference {
  const have = new Set(there.map(ruleText));
  const want = new Map(wanted.map((rule) => [ruleText(rule), rule]));
  return {
    added: [...want]
      .filter(([text]) => !have.has(text))
      .map(([, rule]) => rule),
    removed: there.filter((rule) => !want.has(ruleText(rule))),
    kept: there.filter((rule) => want.has(ruleText(rule))),
  };
}
