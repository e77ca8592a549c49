import { OWN_PLUGIN_ID } from '../stream-events';
import type { RuleSubject } from './rule';

/** Events that the setting `protectedEvents` can keep from every rule. */
export const protectableEvents = ['high', 'critical', 'failed'] as const;
export type ProtectableEvents = (typeof protectableEvents)[number];

/** Whether no rule may exclude the event. */
export function isProtected(
  event: Pick<RuleSubject, 'pluginId' | 'severityLevel' | 'status'>,
  protectedEvents: readonly ProtectableEvents[],
): boolean {
  if (event.pluginId === OWN_PLUGIN_ID) return true;
  return protectedEvents.some(
    (kind) => kind === event.severityLevel || kind === event.status,
  );
}
