import { uuidFromName } from 'audit-event';
import type { AuditEvent } from 'audit-event';

/** What a rule can look at in an event: the keys of a rule. */
export interface RuleSubject {
  readonly actorId: string;
  readonly eventId: string;
  readonly pluginId: string;
  readonly severityLevel: string;
  readonly status: string;
  readonly actionType?: string | undefined;
  readonly queryType?: string | undefined;
  readonly requestMethod?: string | undefined;
  readonly requestPath?: string | undefined;
}

export type RuleKey = keyof RuleSubject;

/**
 * What each key of a rule looks at, in the order in which it is done: what tells most rules apart comes first.
 * Functions, because to look a field up by a name that changes takes longer than all the rest.
 */
export const ruleFields: Record<
  RuleKey,
  (subject: RuleSubject) => string | undefined
> = {
  actorId: (subject) => subject.actorId,
  eventId: (subject) => subject.eventId,
  pluginId: (subject) => subject.pluginId,
  severityLevel: (subject) => subject.severityLevel,
  status: (subject) => subject.status,
  actionType: (subject) => subject.actionType,
  queryType: (subject) => subject.queryType,
  requestMethod: (subject) => subject.requestMethod,
  requestPath: (subject) => subject.requestPath,
};
export const ruleKeys = Object.keys(ruleFields) as RuleKey[];

/** What rules look at in an event. */
export function subjectOf(event: AuditEvent): RuleSubject {
  return {
    actorId: event.actor.id,
    eventId: event.eventId,
    pluginId: event.pluginId,
    severityLevel: event.severityLevel,
    status: event.status,
    actionType: event.actionType,
    queryType: event.queryType,
    requestMethod: event.request?.method,
    requestPath: event.request?.path,
  };
}

/** One exclusion rule: an event that matches all its patterns is not stored. A field that an event lacks never matches. */
export type Rule = { [key in RuleKey]?: string | undefined };

/** A rule with the id under which what it excluded is counted. */
export interface IdentifiedRule {
  id: string;
  rule: Rule;
}

/**
 * The id of a rule that has none: made of its patterns, so that the same rule has the same id in every receiver.
 *
 * @example
 * ruleIdOf({ eventId: 'a', actorId: 'b' }) === ruleIdOf({ actorId: 'b', eventId: 'a' }); // true
 */
export function ruleIdOf(rule: Rule): string {
  const patterns = ruleKeys
    .filter((key) => rule[key] !== undefined)
    .map((key) => [key, rule[key]]);
  return uuidFromName(`exclude-rule ${JSON.stringify(patterns)}`);
}
