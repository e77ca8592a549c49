import type { JsonObject, JsonValue } from './json';

/** How grave an action is. The word is the truth; the OTLP severity number is a mapping of it. */
export const severityLevels = ['low', 'medium', 'high', 'critical'] as const;
export type SeverityLevel = (typeof severityLevels)[number];

/** Where an operation stands: it has begun, it worked, it did not. */
export const statuses = ['initiated', 'succeeded', 'failed'] as const;
export type Status = (typeof statuses)[number];

/** Who acted: a person, a program, or somebody whose credentials did not resolve. */
export const actorTypes = ['user', 'service', 'anonymous'] as const;
export type ActorType = (typeof actorTypes)[number];

/** The actor id, and type, of an event whose actor could not be resolved. */
export const ANONYMOUS = 'anonymous';

/** Who did it. */
export interface Actor {
  type: ActorType;
  /** Such as `user:default/john` or `plugin:catalog`. */
  id: string;
  /** The person on whose behalf a service acted, or the service that acted for a person. */
  initiatorId?: string | undefined;
  /** A claim of the client when the application trusts a proxy, not proof. */
  ip?: string | undefined;
  userAgent?: string | undefined;
}

/** The HTTP request that caused the event. */
export interface AuditedRequest {
  method?: string | undefined;
  /** The path alone, such as `/api/catalog/entities`. */
  path?: string | undefined;
  /** The query string without `?`, secrets redacted. */
  query?: string | undefined;
  /** The Host header. */
  host?: string | undefined;
}

/** Why it failed. */
export interface AuditedError {
  /** The class of the error, such as `NotFoundError`. */
  type?: string | undefined;
  message?: string | undefined;
  stack?: string | undefined;
}

/** The process that emitted the record: resource and instrumentation scope of OTLP. One object is shared by all its records. */
export interface EventSource {
  resource: JsonObject;
  /** Which semantic conventions the resource follows, such as `https://opentelemetry.io/schemas/1.44.0`. */
  schemaUrl?: string | undefined;
  scopeName?: string | undefined;
  scopeVersion?: string | undefined;
  scopeAttributes?: JsonObject | undefined;
  /** Which semantic conventions scope and records follow. */
  scopeSchemaUrl?: string | undefined;
}

/** What a log record carried beyond the table of names, kept so that nothing is lost. Absent for our own emitter. */
export interface OtlpRest {
  /** The body, where it is not the line that `describe` would write. */
  body?: JsonValue | undefined;
  /** The event name, where it is not `plugin.event`. */
  eventName?: string | undefined;
  /** The source's own severity word, where it is not the severity level. */
  severityText?: string | undefined;
  /** Attributes that have no place of their own, or whose value did not fit it. */
  attributes?: JsonObject | undefined;
  traceFlags?: number | undefined;
  droppedAttributesCount?: number | undefined;
  /** Length in bytes and SHA-256 of texts that were cut, by their OTLP name. */
  truncated?: Record<string, { bytes: number; sha256: string }> | undefined;
}

/** What the receiver changed or missed in a record, so that readers know. */
export const eventFlags = ['sanitized', 'truncated', 'time-missing'] as const;
export type EventFlag = (typeof eventFlags)[number];

/**
 * One audit event: who did what to which thing, and whether it worked.
 *
 * The table of names in the package's README says what each field is called on the wire, in Postgres and in the API.
 */
export interface AuditEvent {
  /** A UUID; version 7 when ours. The same on every retry, so it is the key that finds duplicates. */
  id: string;
  /** One per `createEvent`: ties `initiated` to its outcome. */
  operationId?: string | undefined;
  /** Nanoseconds since 1970, unsigned 64 bits. */
  time: bigint;
  /** When the record was made, in nanoseconds, kept to the microsecond. Absent when it equals `time`. */
  observedTime?: bigint | undefined;
  pluginId: string;
  eventId: string;
  severityLevel: SeverityLevel;
  /** The OTLP severity number that the record had, 0 when none. */
  severityNumber: number;
  status: Status;
  actor: Actor;
  request?: AuditedRequest | undefined;
  actionType?: string | undefined;
  queryType?: string | undefined;
  entityRef?: string | undefined;
  error?: AuditedError | undefined;
  /** What the caller told beyond the promoted fields. */
  meta: JsonObject;
  /** 32 hexadecimal digits, lower case. */
  traceId?: string | undefined;
  /** 16 hexadecimal digits, lower case. */
  spanId?: string | undefined;
  /** A UUID, one per start of the emitting process. */
  streamId?: string | undefined;
  /** Gapless within the stream. */
  sequence?: number | undefined;
  source?: EventSource | undefined;
  flags?: EventFlag[] | undefined;
  otlp?: OtlpRest | undefined;
}

/**
 * The readable line of an event: the body of its log record.
 *
 * @example
 * describe(event); // 'catalog.entity-fetch succeeded: user:default/john'
 */
export function describe(
  event: Pick<AuditEvent, 'pluginId' | 'eventId' | 'status' | 'actor'>,
): string {
  return `${event.pluginId}.${event.eventId} ${event.status}: ${event.actor.id}`;
}

/** The OTLP event name of an event, the same text as the message of Backstage's own auditor. */
export function eventNameOf(
  event: Pick<AuditEvent, 'pluginId' | 'eventId'>,
): string {
  return `${event.pluginId}.${event.eventId}`;
}
