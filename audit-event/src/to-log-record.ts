import { attribute, SCHEMA_VERSION } from './attribute-names';
import { describe, eventNameOf } from './audit-event';
import type { AuditEvent, Status } from './audit-event';
import { emptyJsonObject } from './json';
import type { JsonObject, JsonValue } from './json';
import type { LogRecord } from './log-record';

const OUTCOME = {
  initiated: 'unknown',
  succeeded: 'success',
  failed: 'failure',
} as const satisfies Record<Status, string>;

/**
 * An audit event as an OTLP log record. `fromLogRecord` is its inverse.
 *
 * @example
 * toLogRecord(event).attributes['audit.actor.id']; // 'user:default/john'
 */
export function toLogRecord(event: AuditEvent): LogRecord {
  return {
    timeUnixNano: event.time,
    observedTimeUnixNano: event.observedTime ?? event.time,
    severityNumber: event.severityNumber,
    severityText: event.otlp?.severityText ?? event.severityLevel,
    body: event.otlp?.body ?? describe(event),
    attributes: attributesOf(event),
    droppedAttributesCount: event.otlp?.droppedAttributesCount ?? 0,
    flags: event.otlp?.traceFlags ?? 0,
    traceId: event.traceId ?? '',
    spanId: event.spanId ?? '',
    eventName: event.otlp?.eventName ?? eventNameOf(event),
  };
}

function attributesOf(event: AuditEvent): JsonObject {
  const { actor, request, error } = event;
  const attributes = emptyJsonObject();
  const set = (name: string, value: JsonValue | undefined) => {
    if (value !== undefined) attributes[name] = value;
  };
  set(attribute.schemaVersion, SCHEMA_VERSION);
  set(attribute.uid, event.id);
  set(attribute.recordId, event.id);
  set(attribute.operationId, event.operationId);
  set(attribute.pluginId, event.pluginId);
  set(attribute.eventId, event.eventId);
  set(attribute.severity, event.severityLevel);
  set(attribute.status, event.status);
  set(attribute.outcome, OUTCOME[event.status]);
  set(attribute.actorType, actor.type);
  set(attribute.actorId, actor.id);
  set(attribute.initiatorId, actor.initiatorId);
  set(attribute.userId, actor.type === 'user' ? actor.id : undefined);
  set(attribute.clientAddress, actor.ip);
  set(attribute.userAgent, actor.userAgent);
  set(attribute.requestMethod, request?.method);
  set(attribute.urlPath, request?.path);
  set(attribute.urlQuery, request?.query);
  set(attribute.serverAddress, request?.host);
  set(attribute.actionType, event.actionType);
  set(attribute.queryType, event.queryType);
  set(attribute.entityRef, event.entityRef);
  set(attribute.errorType, error?.type);
  set(attribute.errorMessage, error?.message);
  set(attribute.errorStack, error?.stack);
  set(attribute.streamId, event.streamId);
  set(attribute.sequence, event.sequence);
  set(
    attribute.meta,
    Object.keys(event.meta).length === 0 ? undefined : event.meta,
  );
  return Object.assign(attributes, event.otlp?.attributes);
}
