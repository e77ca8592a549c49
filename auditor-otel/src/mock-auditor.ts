import { DENIED } from 'audit-event';
import type { JsonObject } from 'audit-event';
import { createAuditorOn } from './create-auditor';
import type { Auditor, AuditorOptions } from './create-auditor';
import type { EventDraft } from './make-event';
import { mockPipeline } from './mock-pipeline';
import { ownAttribute } from './own-attributes';

/** An event as it would have been recorded, in the words of the one who audits. */
export interface AuditedEvent extends EventDraft {
  /** As it was given, cleaned and redacted: with `actionType`, `queryType` and `entityRef`, which are fields of their own too. */
  meta: JsonObject;
  /** Whether it failed because it was refused. */
  denied: boolean;
}

/** An auditor that keeps what was audited. */
export interface MockAuditor extends Auditor {
  /** The oldest first. */
  readonly events: readonly AuditedEvent[];
  /** Forgets all events, between two tests. */
  clear(): void;
}

/**
 * An auditor for the tests of an application: nothing is sent, all is kept in `events`, cleaned and redacted as the real
 * one would. Needs no `close`.
 *
 * @param options as of `createAuditor`; those about sending are checked and have no effect
 * @example
 * const auditor = mockAuditor();
 * await cancelOrder(auditor, 17);
 * auditor.events.at(-1)?.status; // 'succeeded'
 */
export function mockAuditor(options: AuditorOptions = {}): MockAuditor {
  const events: AuditedEvent[] = [];
  const auditor = createAuditorOn(
    () => mockPipeline((event) => void events.push(audited(event))),
    options,
  );
  return { ...auditor, events, clear: () => void (events.length = 0) };
}

function audited(event: EventDraft): AuditedEvent {
  const { actionType, queryType, entityRef } = event;
  const promoted = Object.entries({ actionType, queryType, entityRef });
  const meta: JsonObject = { ...event.meta };
  for (const [key, value] of promoted)
    if (value !== undefined) meta[key] = value;
  const reason = event.otlp?.attributes?.[ownAttribute.outcomeReason];
  return { ...event, meta, denied: reason === DENIED };
}
