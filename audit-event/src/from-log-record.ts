import { attribute, SCHEMA_VERSION } from './attribute-names';
import {
  actorTypes,
  ANONYMOUS,
  describe,
  eventNameOf,
  severityLevels,
  statuses,
} from './audit-event';
import type {
  Actor,
  AuditEvent,
  AuditedError,
  AuditedRequest,
  EventFlag,
  EventSource,
  OtlpRest,
  SeverityLevel,
  Status,
} from './audit-event';
import { emptyJsonObject, isJsonObject } from './json';
import type { JsonObject, JsonValue } from './json';
import type { LogRecord } from './log-record';
import { isSequence } from './place-in-stream';
import { severityLevelOf } from './severity-number';
import { unlessEmpty } from './unless-empty';
import { timeOfUuid, uuidFromName, uuidOf } from './uuid';

const STATUS_OF_OUTCOME = new Map<JsonValue | undefined, Status>([
  ['unknown', 'initiated'],
  ['success', 'succeeded'],
  ['failure', 'failed'],
]);

/** Whether the record says of itself that it is an audit event, rather than any other log line. */
export function isAuditRecord(record: LogRecord): boolean {
  for (const name in record.attributes)
    if (name.startsWith('audit.')) return true;
  return false;
}

/**
 * The audit event in an OTLP log record: the inverse of `toLogRecord`, and for records of other senders the nearest
 * reading. Total: every record gives an event, and what has no place in it is kept under `otlp`.
 *
 * A record without `audit.*` becomes an event of plugin = `service.name`, event = `event_name`, meta = its attributes.
 *
 * @example
 * fromLogRecord(toLogRecord(event), event.source); // equals event
 */
export function fromLogRecord(
  record: LogRecord,
  source: EventSource | undefined,
): AuditEvent {
  const rest = new Attributes(record.attributes);
  const id = idOf(rest, record, source);
  const time = timeOf(record, id);
  const severity = rest.oneOf(attribute.severity, severityLevels);
  const status = statusOf(rest, record);
  const ours = isAuditRecord(record);
  const pluginId = rest.text(attribute.pluginId) ?? serviceNameOf(source);
  const eventId =
    rest.text(attribute.eventId) ?? (record.eventName || 'log-record');
  const actor = actorOf(rest);
  const severityLevel: SeverityLevel =
    severity ?? severityLevelOf(record.severityNumber);
  const event: AuditEvent = {
    id,
    operationId: rest.uuid(attribute.operationId),
    time: time.time,
    observedTime: observedTimeOf(record, time.time),
    pluginId,
    eventId,
    severityLevel,
    severityNumber: record.severityNumber,
    status,
    actor,
    request: requestOf(rest),
    actionType: rest.text(attribute.actionType),
    queryType: rest.text(attribute.queryType),
    entityRef: rest.text(attribute.entityRef),
    error: errorOf(rest),
    meta: rest.meta(),
    traceId: record.traceId || undefined,
    spanId: record.spanId || undefined,
    streamId: rest.uuid(attribute.streamId),
    sequence: rest.count(attribute.sequence),
    source,
    flags: time.missing ? ['time-missing'] : undefined,
  };
  rest.text(attribute.schemaVersion, SCHEMA_VERSION);
  const left = rest.left();
  if (!ours) Object.assign(event.meta, left);
  event.otlp = otlpRest(event, record, ours ? left : emptyJsonObject());
  return event;
}

const KNOWN = new Set<string>(Object.values(attribute));

/** The attributes of one record, read by name; those that have no place, or whose value did not fit it, are left. */
class Attributes {
  private readonly all: JsonObject;
  private readonly unfit: string[] = [];

  constructor(attributes: JsonObject) {
    this.all = attributes;
  }

  /** A non-empty string, the expected one where one is given. */
  text(name: string, expected?: string): string | undefined {
    const value = this.all[name];
    if (value === undefined) return undefined;
    const fits =
      typeof value === 'string' &&
      value !== '' &&
      (expected === undefined || value === expected);
    return fits ? value : this.leave(name);
  }

  oneOf<T extends string>(name: string, words: readonly T[]): T | undefined {
    const value = this.all[name];
    if (value === undefined) return undefined;
    return words.find((word) => word === value) ?? this.leave(name);
  }

  /** Any string as a UUID; one that is not exactly that UUID is left as well. */
  uuid(name: string): string | undefined {
    const value = this.all[name];
    if (value === undefined) return undefined;
    if (typeof value !== 'string') return this.leave(name);
    const { uuid } = uuidOf(value);
    if (uuid !== value) this.leave(name);
    return uuid;
  }

  count(name: string): number | undefined {
    const value = this.all[name];
    if (value === undefined) return undefined;
    return isSequence(value) ? value : this.leave(name);
  }

  /** `audit.meta` as an object; a JSON text of one is read too, because flat attributes are all some SDKs can send. */
  meta(): JsonObject {
    const value = this.all[attribute.meta];
    if (value === undefined) return emptyJsonObject();
    const object = typeof value === 'string' ? jsonObjectIn(value) : value;
    return isJsonObject(object)
      ? object
      : (this.leave(attribute.meta) ?? emptyJsonObject());
  }

  /** Says that the value of an attribute found no place. */
  leave(name: string): undefined {
    this.unfit.push(name);
  }

  /** All that found no place. */
  left(): JsonObject {
    const left = emptyJsonObject();
    for (const name of Object.keys(this.all))
      if (!KNOWN.has(name) || this.unfit.includes(name))
        left[name] = this.all[name]!;
    return left;
  }
}

function jsonObjectIn(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

/** A record without an id gets one from its content, so that a retry meets itself. */
function idOf(
  attributes: Attributes,
  record: LogRecord,
  source: EventSource | undefined,
): string {
  const uid = attributes.uuid(attribute.uid);
  if (uid === undefined)
    return attributes.uuid(attribute.recordId) ?? uuidOfContent(record, source);
  attributes.text(attribute.recordId, uid);
  return uid;
}

function uuidOfContent(
  record: LogRecord,
  source: EventSource | undefined,
): string {
  return uuidFromName(
    JSON.stringify([record, source], (_, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    ),
  );
}

/**
 * Time, else observed time (OTLP logs data model), else the time in the id. Never the receiver's clock: the time is
 * part of the key, and a retry must meet itself.
 */
function timeOf(
  record: LogRecord,
  id: string,
): { time: bigint; missing: boolean } {
  const time = record.timeUnixNano || record.observedTimeUnixNano;
  if (time) return { time, missing: false };
  return { time: BigInt(timeOfUuid(id) ?? 0) * 1_000_000n, missing: true };
}

function observedTimeOf(record: LogRecord, time: bigint): bigint | undefined {
  const observed = record.observedTimeUnixNano;
  return observed === 0n || observed === time ? undefined : observed;
}

function statusOf(rest: Attributes, record: LogRecord): Status {
  const outcome = STATUS_OF_OUTCOME.get(record.attributes[attribute.outcome]);
  const status = rest.oneOf(attribute.status, statuses) ?? outcome;
  if (outcome !== status) rest.leave(attribute.outcome);
  if (status) return status;
  // 17 and above mark an erroneous situation (OTLP logs data model, SeverityNumber).
  return record.severityNumber >= 17 ? 'failed' : 'succeeded';
}

function actorOf(rest: Attributes): Actor {
  const actorId = rest.text(attribute.actorId);
  const userId = rest.text(attribute.userId, actorId);
  const type = rest.oneOf(attribute.actorType, actorTypes);
  return {
    type: type ?? (actorId ? 'service' : userId ? 'user' : ANONYMOUS),
    id: actorId ?? userId ?? ANONYMOUS,
    initiatorId: rest.text(attribute.initiatorId),
    ip: rest.text(attribute.clientAddress),
    userAgent: rest.text(attribute.userAgent),
  };
}

function requestOf(rest: Attributes): AuditedRequest | undefined {
  return unlessEmpty({
    method: rest.text(attribute.requestMethod),
    path: rest.text(attribute.urlPath),
    query: rest.text(attribute.urlQuery),
    host: rest.text(attribute.serverAddress),
  });
}

function errorOf(rest: Attributes): AuditedError | undefined {
  return unlessEmpty({
    type: rest.text(attribute.errorType),
    message: rest.text(attribute.errorMessage),
    stack: rest.text(attribute.errorStack),
  });
}

function serviceNameOf(source: EventSource | undefined): string {
  const name = source?.resource['service.name'];
  return typeof name === 'string' && name !== '' ? name : 'unknown';
}

function otlpRest(
  event: AuditEvent,
  record: LogRecord,
  attributes: JsonObject,
): OtlpRest | undefined {
  return unlessEmpty({
    body:
      record.body === null || record.body === describe(event)
        ? undefined
        : record.body,
    eventName:
      record.eventName === '' ||
      record.eventName === eventNameOf(event) ||
      record.eventName === event.eventId
        ? undefined
        : record.eventName,
    severityText:
      record.severityText === '' || record.severityText === event.severityLevel
        ? undefined
        : record.severityText,
    attributes: Object.keys(attributes).length === 0 ? undefined : attributes,
    traceFlags: record.flags & 0xff || undefined,
    droppedAttributesCount: record.droppedAttributesCount || undefined,
  });
}

/** Adds a flag to an event. */
export function flag(event: AuditEvent, name: EventFlag): void {
  if (!event.flags?.includes(name))
    event.flags = [...(event.flags ?? []), name];
}
