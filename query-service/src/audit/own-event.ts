import { OWN_PLUGIN_ID, severityNumberPresets, uuidv7 } from 'audit-event';
import type {
  Actor,
  AuditedError,
  AuditedRequest,
  AuditEvent,
  EventSource,
  JsonObject,
  SeverityLevel,
  Status,
} from 'audit-event';
import { hostname } from 'node:os';
import { VERSION } from '../version';

/** Who caused an event, and by which request. */
export interface Cause {
  actor: Actor;
  request: AuditedRequest;
}

/** What is said of the event. */
export interface OwnEvent {
  /** One of `ownEventId`. */
  eventId: string;
  severityLevel: SeverityLevel;
  status?: Status | undefined;
  actionType?: 'create' | 'update' | 'delete' | 'read' | undefined;
  /** What was changed, such as `audit-log-token:audit-log-api-access`. */
  entityRef?: string | undefined;
  operationId?: string | undefined;
  error?: AuditedError | undefined;
  meta?: JsonObject | undefined;
}

/** The process that emits, for all of its events. */
const SOURCE: EventSource = {
  resource: {
    'service.name': 'otel-audit-query-service',
    'service.version': VERSION,
    'host.name': hostname(),
    'process.pid': process.pid,
  },
  scopeName: 'query-service',
  scopeVersion: VERSION,
};

/**
 * An event of the audit log itself, of now.
 *
 * @example
 * ownEvent(cause, { eventId: ownEventId.ruleDelete, severityLevel: 'high', entityRef: 'audit-log-rule:...' });
 */
export function ownEvent(cause: Cause, said: OwnEvent): AuditEvent {
  return {
    id: uuidv7(),
    time: BigInt(Date.now()) * 1_000_000n,
    pluginId: OWN_PLUGIN_ID,
    severityNumber: severityNumberPresets.default[said.severityLevel],
    source: SOURCE,
    // Their own: texts that are too long are cut in place.
    actor: { ...cause.actor },
    request: { ...cause.request },
    ...said,
    status: said.status ?? 'succeeded',
    meta: said.meta ?? {},
  };
}
