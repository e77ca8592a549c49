import { checkRule, ruleIdOf } from 'audit-event/exclude';
import type { IdentifiedRule } from 'audit-event/exclude';
import type { ExclusionDay, RuleRow, RulesInForce } from 'audit-event/store';
import { contentIdOf } from './content-id';

/** What a rule kept out. */
export interface Excluded {
  /** Of the days listed. */
  total: number;
  days: { day: string; excluded: number }[];
}

/** The rules as the API shows them: those of the database, then those that only the receivers' file has. */
export function rulesBody(
  rules: readonly RuleRow[],
  inForce: RulesInForce | undefined,
  counts: readonly ExclusionDay[],
): object {
  const content = (inForce?.content ?? {}) as {
    rules?: IdentifiedRule[];
    protectedEvents?: string[];
  };
  const countsOf = Map.groupBy(counts, ({ rule_id }) => rule_id);
  const excludedBy = (id: string) => excludedOn(countsOf.get(id) ?? []);
  const effective = (content.rules ?? []).map(({ id, rule }) => ({
    id,
    rule,
    contentId: ruleIdOf(rule),
  }));
  // A rule keeps its id when it changes: receivers may still have what it was.
  const met = new Set(effective.map((one) => `${one.id} ${one.contentId}`));
  // A rule of the file has no id of its own. Any other of which nothing is known was deleted since.
  const ofFile = effective.filter(({ id, contentId }) => id === contentId);
  return {
    data: [
      ...rules.map((rule) => ({
        ...ruleBody(rule),
        source: 'database',
        in_force: met.has(`${rule.id} ${contentIdOf(rule)}`),
        excluded: excludedBy(rule.id),
      })),
      ...ofFile.map(({ id, rule }) => ({
        id,
        rule,
        source: 'file',
        in_force: true,
        excluded: excludedBy(id),
      })),
    ],
    rule_set: inForce
      ? {
          hash: inForce.hash,
          since: inForce.since,
          protected_events: content.protectedEvents ?? [],
        }
      : null,
  };
}

/** A rule of the database; `problem` says why receivers leave it out, where they do. */
export function ruleBody(rule: RuleRow): object {
  const checked = checkRule(rule.rule);
  return {
    ...rule,
    ...(checked.status === 'invalid' && { problem: checked.reason }),
  };
}

function excludedOn(counts: readonly ExclusionDay[]): Excluded {
  const days = counts.map(({ day, excluded }) => ({ day, excluded }));
  return { total: days.reduce((sum, { excluded }) => sum + excluded, 0), days };
}
