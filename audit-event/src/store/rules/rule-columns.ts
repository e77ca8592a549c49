import { ruleKeys } from '../../exclude/rule';
import type { RuleKey, RuleSubject } from '../../exclude/rule';
import { COUNTED_COLUMNS } from '../counts/counted-columns';

/** The columns of what rules look at. */
export const COLUMN_OF: Record<RuleKey, string> = {
  actorId: 'actor_id',
  eventId: 'event_id',
  pluginId: 'plugin_id',
  severityLevel: 'severity_level',
  status: 'status',
  actionType: 'action_type',
  queryType: 'query_type',
  requestMethod: 'request_method',
  requestPath: 'request_url',
};

/** What decides whether an event is protected, so that it is always told apart. */
const ALWAYS: readonly RuleKey[] = ['pluginId', 'severityLevel', 'status'];

/** Whether the hourly counts tell the values of a key apart. */
export function isCountedKey(key: RuleKey): boolean {
  return (COUNTED_COLUMNS as readonly string[]).includes(COLUMN_OF[key]);
}

/** The keys by which events are told apart for rules that look at these. */
export function toldApart(keys: readonly RuleKey[]): RuleKey[] {
  return ruleKeys.filter((key) => keys.includes(key) || ALWAYS.includes(key));
}

/** Events that are all the same to the rules. */
export interface SubjectGroup {
  /** What rules look at; keys that were not asked for are left out, or the empty text where they cannot be. */
  subject: RuleSubject;
  count: number;
}

// oxlint-disable-next-line typescript/no-explicit-any -- a row of pg, its columns named as the keys
export function groupOf(row: any): SubjectGroup {
  const optional = (key: RuleKey) => (row[key] ?? undefined) as string;
  return {
    subject: {
      actorId: row.actorId ?? '',
      eventId: row.eventId ?? '',
      pluginId: row.pluginId,
      severityLevel: row.severityLevel,
      status: row.status,
      actionType: optional('actionType'),
      queryType: optional('queryType'),
      requestMethod: optional('requestMethod'),
      requestPath: optional('requestPath'),
    },
    count: Number(row.count),
  };
}
