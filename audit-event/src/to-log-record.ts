import { attribute, SCHEMA_VERSION } from './attribute-names';
import type { AttributeName } from './attribute-names';
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
  const attributes = emptyJsonObject();
  visitAttributes(event, (name, value) => (attributes[name] = value));
  return {
    ...toLogRecordFields(event),
    attributes: Object.assign(attributes, event.otlp?.attributes),
  };
}

/** `toLogRecord` without the attributes. */
export function toLogRecordFields(
  event: AuditEvent,
): Omit<LogRecord, 'attributes'> {
  const { otlp } = event;
  return {
    timeUnixNano: event.time,
    observedTimeUnixNano: event.observedTime ?? event.time,
    severityNumber: event.severityNumber,
    severityText: otlp?.severityText ?? event.severityLevel,
    body: otlp?.body ?? describe(event),
    droppedAttributesCount: otlp?.droppedAttributesCount ?? 0,
    flags: otlp?.traceFlags ?? 0,
    traceId: event.traceId ?? '',
    spanId: event.spanId ?? '',
    eventName: otlp?.eventName ?? eventNameOf(event),
  };
}

/**
 * Calls `set` with each attribute that `toLogRecord` makes of the fields of an event, in the same order. Those in
 * `otlp.attributes` come on top, and are not visited.
 */
export function visitAttributes(
  event: AuditEvent,
  set: (name: AttributeName, value: JsonValue) => void,
): void {
  const { actor, request, error } = event;
  const maybe = (name: AttributeName, value: string | number | undefined) => {
    if (value !== undefined) set(name, value);
  };
  set(attribute.schemaVersion, SCHEMA_VERSION);
  set(attribute.uid, event.id);
  set(attribute.recordId, event.id);
  maybe(attribute.operationId, event.operationId);
  set(attribute.pluginId, event.pluginId);
  set(attribute.eventId, event.eventId);
  set(attribute.severity, event.severityLevel);
  set(attribute.status, event.status);
  set(attribute.outcome, OUTCOME[event.status]);
  set(attribute.actorType, actor.type);
  set(attribute.actorId, actor.id);
  maybe(attribute.initiatorId, actor.initiatorId);
  if (actor.type === 'user') set(attribute.userId, actor.id);
  maybe(attribute.clientAddress, actor.ip);
  maybe(attribute.userAgent, actor.userAgent);
  maybe(attribute.requestMethod, request?.method);
  maybe(attribute.urlPath, request?.path);
  maybe(attribute.urlQuery, request?.query);
  maybe(attribute.serverAddress, request?.host);
  maybe(attribute.actionType, event.actionType);
  maybe(attribute.queryType, event.queryType);
  maybe(attribute.entityRef, event.entityRef);
  maybe(attribute.errorType, error?.type);
  maybe(attribute.errorMessage, error?.message);
  maybe(attribute.errorStack, error?.stack);
  maybe(attribute.streamId, event.streamId);
  maybe(attribute.sequence, event.sequence);
  if (!isEmpty(event.meta)) set(attribute.meta, event.meta);
}

function isEmpty(object: JsonObject): boolean {
  for (const key in object) if (Object.hasOwn(object, key)) return false;
  return true;
}
