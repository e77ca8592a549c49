import { ruleIdOf } from 'audit-event/exclude';
import type { IdentifiedRule, Rule } from 'audit-event/exclude';
import type { RuleRow } from 'audit-event/store';
import { HttpError } from '../http-error';

/**
 * Refuses a rule that says the same as one that is there, whatever the order of their keys.
 *
 * @param exceptId of the rule that is to become it
 * @throws HttpError `ConflictError`
 */
export function refuseSame(
  there: readonly RuleRow[],
  rule: Rule,
  exceptId?: string,
): void {
  const ruleId = ruleIdOf(rule);
  const same = there.find((one) => one.id !== exceptId && idOf(one) === ruleId);
  if (same)
    throw new HttpError(
      'ConflictError',
      `The rule is there already, as ${same.id}`,
    );
}

/** What becomes of the rules there are when others take their place: what says the same is kept. */
export function compareRules<Wanted extends IdentifiedRule>(
  there: readonly RuleRow[],
  wanted: readonly Wanted[],
): { kept: RuleRow[]; gone: RuleRow[]; missing: Wanted[] } {
  const wantedIds = new Set(wanted.map(({ id }) => id));
  const thereIds = new Set<string>();
  const kept: RuleRow[] = [];
  const gone: RuleRow[] = [];
  for (const row of there) {
    // Each is hashed once: there may be a thousand of them, and whoever compares has locked them.
    const id = idOf(row);
    thereIds.add(id);
    (wantedIds.has(id) ? kept : gone).push(row);
  }
  const missing = wanted.filter(({ id }) => !thereIds.has(id));
  return { kept, gone, missing };
}

function idOf({ rule }: RuleRow): string {
  return ruleIdOf(rule as Rule);
}
