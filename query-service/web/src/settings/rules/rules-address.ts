import type { WrittenRule } from '../../api/rules';
import type { AuditEvent } from '../../api/types';
import { ruleFields } from './rule-fields';

/** Where the exclusion rules are: what is not stored, and what that cost. */
export const RULES_PATH = '/settings/plugins/audit-log';

/** The address at which a new rule is begun that fits an event: who did it, and what. */
export function newRuleAddress({
  actor_id: actorId,
  event_id: eventId,
}: Pick<AuditEvent, 'actor_id' | 'event_id'>): string {
  return `${RULES_PATH}?${new URLSearchParams({ actorId, eventId }).toString()}`;
}

/** The rule that an address begins; undefined when it begins none. */
export function ruleInAddress(
  params: URLSearchParams,
): WrittenRule | undefined {
  const patterns = ruleFields.flatMap(([key]) => {
    const pattern = params.get(key);
    return pattern ? [[key, pattern] as const] : [];
  });
  return patterns.length > 0 ? Object.fromEntries(patterns) : undefined;
}
