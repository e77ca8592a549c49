import { uuidv7 } from 'audit-event';
import type { AuditEvent } from 'audit-event';

/**
 * A plain event, with what a test wants to be different.
 *
 * @example
 * anAuditEvent({ severityLevel: 'high' });
 */
export function anAuditEvent(overrides: Partial<AuditEvent> = {}): AuditEvent {
  return {
    id: uuidv7(),
    time: BigInt(Date.now()) * 1_000_000n,
    pluginId: 'catalog',
    eventId: 'entity-mutate',
    severityLevel: 'medium',
    severityNumber: 10,
    status: 'succeeded',
    actor: { type: 'user', id: 'user:default/john' },
    meta: {},
    ...overrides,
  };
}
