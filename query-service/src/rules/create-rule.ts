import { randomUUID } from 'node:crypto';
import { MAX_RULES, writtenRule } from 'audit-event/exclude';
import type { Rule } from 'audit-event/exclude';
import { addRuleVersions, findRules, lockRules } from 'audit-event/store';
import type { RuleRow } from 'audit-event/store';
import { ownEvent } from '../audit/own-event';
import type { Cause } from '../audit/own-event';
import { ownEventId } from '../audit/own-event-id';
import type { Recorder } from '../audit/recorder';
import { HttpError } from '../http-error';
import { ruleRef } from './rule-ref';
import { refuseSame } from './same-rule';

/**
 * Makes a rule.
 *
 * @throws HttpError `ConflictError` when the same is there already, or there are too many
 */
export function createRule(
  recorder: Recorder,
  cause: Cause,
  { rule, comment }: { rule: Rule; comment: string | null },
): Promise<RuleRow> {
  return recorder.change(async (db) => {
    await lockRules(db);
    const { rules } = await findRules(db);
    if (rules.length >= MAX_RULES)
      throw new HttpError(
        'ConflictError',
        `There are ${rules.length} rules, the most that there may be: delete one first`,
      );
    refuseSame(rules, rule);
    const id = randomUUID();
    const written = writtenRule(rule);
    await addRuleVersions(
      db,
      [{ id, version: 1, rule: written, comment }],
      cause.actor.id,
    );
    const made = (await findRules(db, id)).rules[0]!;
    const event = ownEvent(cause, {
      eventId: ownEventId.ruleCreate,
      severityLevel: 'high',
      actionType: 'create',
      entityRef: ruleRef(id),
      meta: { after: { rule: written, comment } },
    });
    return { result: made, events: [event] };
  });
}
