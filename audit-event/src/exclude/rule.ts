import type { AuditEvent } from '../audit-event';
import { uuidFromName } from '../uuid';

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

/** In the order in which they are looked at: what tells most rules apart comes first. */
export const ruleKeys = [
  'actorId',
  'eventId',
  'pluginId',
  'severityLevel',
  'status',
  'actionType',
  'queryType',
  'requestMethod',
  'requestPath',
] as const satisfies readonly RuleKey[];

/** A field by its name, spelled out: to look it up by a name that changes takes longer than all the rest. */
export function fieldOf(
  subject: RuleSubject,
  key: RuleKey,
): string | undefined {
  switch (key) {
    case 'actorId':
      return subject.actorId;
    case 'eventId':
      return subject.eventId;
    case 'pluginId':
      return subject.pluginId;
    case 'severityLevel':
      return subject.severityLevel;
    case 'status':
      return subject.status;
    case 'actionType':
      return subject.actionType;
    case 'queryType':
      return subject.queryType;
    case 'requestMethod':
      return subject.requestMethod;
    default:
      return subject.requestPath;
  }
}

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
