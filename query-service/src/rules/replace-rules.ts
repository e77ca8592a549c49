import { randomUUID } from 'node:crypto';
import type { JsonObject } from 'audit-event';
import { writtenRule } from 'audit-event/exclude';
import { addRuleVersions, findRules, lockRules } from 'audit-event/store';
import { ownEvent } from '../audit/own-event';
import type { Cause } from '../audit/own-event';
import { ownEventId } from '../audit/own-event-id';
import type { Recorder } from '../audit/recorder';
import type { CommentedRule } from './parse-rule-body';
import { compareRules } from './same-rule';

/** What became of the rules, by id. */
export interface Replaced {
  created: string[];
  deleted: string[];
  kept: string[];
  /** Of the set, as it is now. */
  revision: string;
}

/**
 * Brings a whole set into force in place of the one there is. A rule that says the same as one that is there is that one:
 * it keeps its id, its history and its comment; a new one has the comment above it.
 *
 * @param check of the revision that is to be replaced; throws when it is not the one expected
 */
export function replaceRules(
  recorder: Recorder,
  cause: Cause,
  wanted: readonly CommentedRule[],
  check: (revision: string) => void,
): Promise<Replaced> {
  return recorder.change(async (db) => {
    await lockRules(db);
    const { rules: there, revision } = await findRules(db);
    check(revision);
    const { kept, gone, missing } = compareRules(there, wanted);
    const made = missing.map(({ rule, comment }) => ({
      id: randomUUID(),
      rule: writtenRule(rule),
      comment,
    }));
    const result = {
      created: made.map(({ id }) => id),
      deleted: gone.map(({ id }) => id),
      kept: kept.map(({ id }) => id),
    };
    if (made.length + gone.length === 0)
      return { result: { ...result, revision }, events: [] };
    await addRuleVersions(
      db,
      [
        ...gone.map(({ id, version }) => ({
          id,
          version: version + 1,
          rule: null,
          comment: null,
        })),
        ...made.map((one) => ({ ...one, version: 1 })),
      ],
      cause.actor.id,
    );
    const event = ownEvent(cause, {
      eventId: ownEventId.rulesReplace,
      severityLevel: 'high',
      actionType: 'update',
      entityRef: 'audit-log-rules',
      meta: {
        created: made,
        deleted: gone.map(({ id, rule }) => ({ id, rule: rule as JsonObject })),
        kept: kept.length,
      },
    });
    const after = await findRules(db);
    return { result: { ...result, revision: after.revision }, events: [event] };
  });
}
