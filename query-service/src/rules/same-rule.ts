import { ruleIdOf } from 'audit-event/exclude';
import type { IdentifiedRule, Rule } from 'audit-event/exclude';
import type { RuleRow } from 'audit-event/store';
import { HttpError } from '../http-error';
import { contentIdOf } from './content-id';

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
  const same = there.find(
    (one) => one.id !== exceptId && contentIdOf(one) === ruleId,
  );
  if (same)
    throw new HttpError(
      'ConflictError',
      `The rule is there already, as ${same.id}`,
    );
}

/** What becomes of the rules there are when others take their place: what says the same is kept, unless receivers leave it out. */
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
    const id = contentIdOf(row);
    if (id !== undefined) thereIds.add(id);
    (id !== undefined && wantedIds.has(id) ? kept : gone).push(row);
  }
  const missing = wanted.filter(({ id }) => !thereIds.has(id));
  return { kept, gone, missing };
}
