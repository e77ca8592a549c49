import type { WrittenRule } from '../../api/rules';
import { ruleFields } from './rule-fields';

/** Whether two rules say the same, whatever the order of their keys. */
export function sameRule(one: WrittenRule, other: WrittenRule): boolean {
  return canonical(one) === canonical(other);
}

/** The rules that are new in a set. */
export function newRules(
  wanted: readonly WrittenRule[],
  there: readonly WrittenRule[],
): WrittenRule[] {
  const known = new Set(there.map(canonical));
  return wanted.filter((rule) => !known.has(canonical(rule)));
}

function canonical(rule: WrittenRule): string {
  return JSON.stringify(ruleFields.map(([key]) => rule[key] ?? null));
}
