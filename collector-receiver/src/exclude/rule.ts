import { uuidFromName } from 'audit-event';
import type { AuditEvent } from 'audit-event';

/** What each key of a rule looks at in an event. */
export const ruleFields = {
  actorId: (event: AuditEvent) => event.actor.id,
  eventId: (event: AuditEvent) => event.eventId,
  pluginId: (event: AuditEvent) => event.pluginId,
  severityLevel: (event: AuditEvent) => event.severityLevel,
  status: (event: AuditEvent) => event.status,
  actionType: (event: AuditEvent) => event.actionType,
  queryType: (event: AuditEvent) => event.queryType,
  requestMethod: (event: AuditEvent) => event.request?.method,
  requestPath: (event: AuditEvent) => event.request?.path,
} as const;

export type RuleKey = keyof typeof ruleFields;
export const ruleKeys = Object.keys(ruleFields) as RuleKey[];

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
