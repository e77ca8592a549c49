import { emptyJsonObject, severityLevels } from 'audit-event';
import type {
  Actor,
  AuditedError,
  AuditedRequest,
  AuditEvent,
  JsonObject,
  OtlpRest,
  SeverityLevel,
  Status,
} from 'audit-event';
import type { ActiveTrace } from './active-trace';
import { cleanField } from './clean-field';
import type { CleanJson } from './clean-json';
import { ownAttribute } from './own-attributes';

/** What an event is made of, each part clean but for the words. */
export interface EventParts {
  id: string;
  operationId: string;
  /** Nanoseconds since 1970. */
  time: bigint;
  observedTime?: bigint | undefined;
  pluginId: unknown;
  eventId: unknown;
  /** Any word; one that is no severity level is recorded as low, and kept. */
  severity: unknown;
  status: Status;
  actor: Actor;
  request?: AuditedRequest | undefined;
  meta: CleanJson;
  error?: AuditedError | undefined;
  trace?: ActiveTrace | undefined;
  attributes?: JsonObject | undefined;
}

/** An event before it has its place in a stream. */
export type EventDraft = Omit<
  AuditEvent,
  'severityNumber' | 'streamId' | 'sequence' | 'source'
>;

/** The event of its parts: `actionType`, `queryType` and `entityRef` go from meta to fields of their own when they are texts. */
export function makeEvent(parts: EventParts): EventDraft {
  const { meta, promoted } = promote(parts.meta.meta);
  const severityLevel = severityLevelOf(parts.severity);
  return {
    id: parts.id,
    operationId: parts.operationId,
    time: parts.time,
    observedTime: parts.observedTime,
    pluginId: cleanField(parts.pluginId) ?? 'unknown',
    eventId: cleanField(parts.eventId) ?? 'unknown',
    severityLevel,
    status: parts.status,
    actor: parts.actor,
    request: parts.request,
    actionType: promoted.actionType,
    queryType: promoted.queryType,
    entityRef: promoted.entityRef,
    error: parts.error,
    meta,
    traceId: parts.trace?.traceId,
    spanId: parts.trace?.spanId,
    otlp: otlpOf(parts, severityLevel),
  };
}

/**
 * The severity level of whatever a caller gave: Backstage does not check the word at run time, and words such as
 * `bogus` occur.
 */
export function severityLevelOf(word: unknown): SeverityLevel {
  const level = word as SeverityLevel;
  return severityLevels.includes(level) ? level : 'low';
}

type Promoted = Pick<AuditEvent, 'actionType' | 'queryType' | 'entityRef'>;

/** A copy without the promoted fields: to delete them from one makes every later access to it slow. */
function promote(given: JsonObject): { meta: JsonObject; promoted: Promoted } {
  const meta = emptyJsonObject();
  const promoted: Promoted = {
    actionType: undefined,
    queryType: undefined,
    entityRef: undefined,
  };
  for (const key of Object.keys(given)) {
    const value = given[key]!;
    if (isPromoted(key) && typeof value === 'string' && value !== '')
      promoted[key] = value;
    else meta[key] = value;
  }
  return { meta, promoted };
}

function isPromoted(key: string): key is keyof Promoted {
  return key === 'actionType' || key === 'queryType' || key === 'entityRef';
}

function otlpOf(parts: EventParts, level: SeverityLevel): OtlpRest | undefined {
  const attributes = attributesOf(parts);
  const severityText =
    parts.severity === undefined || parts.severity === level
      ? undefined
      : cleanField(wordOf(parts.severity));
  const traceFlags = parts.trace?.traceFlags || undefined;
  if (!attributes && !severityText && !traceFlags) return undefined;
  return { attributes, severityText, traceFlags };
}

function attributesOf({
  attributes,
  meta,
}: EventParts): JsonObject | undefined {
  if (!meta.truncated)
    return attributes && Object.keys(attributes).length > 0
      ? attributes
      : undefined;
  return Object.assign(emptyJsonObject(), attributes, {
    [ownAttribute.truncated]: true,
  });
}

function wordOf(severity: unknown): string {
  return typeof severity === 'string' ? severity : typeof severity;
}
