import { checkRule, ruleIdOf } from 'audit-event/exclude';
import type { RuleRow } from 'audit-event/store';

/**
 * What a rule of the database says, as an id: rules with the same patterns have the same. Undefined for one that receivers
 * leave out.
 *
 * @example
 * contentIdOf({ rule: { eventId: 'task' } }) === ruleIdOf({ eventId: 'task' }); // true
 */
export function contentIdOf({
  rule,
}: Pick<RuleRow, 'rule'>): string | undefined {
  const checked = checkRule(rule);
  return checked.status === 'valid' ? ruleIdOf(checked.rule) : undefined;
}
