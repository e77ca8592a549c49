export {
  actorTypes,
  eventFlags,
  ANONYMOUS,
  describe,
  severityLevels,
  statuses,
} from './audit-event';
export type {
  Actor,
  ActorType,
  AuditEvent,
  AuditedError,
  AuditedRequest,
  EventFlag,
  EventSource,
  OtlpRest,
  SeverityLevel,
  Status,
} from './audit-event';
export { attribute, SCHEMA_VERSION } from './attribute-names';
export type { AttributeName } from './attribute-names';
export { flag, fromLogRecord, isAuditRecord } from './from-log-record';
export { emptyJsonObject, isJsonObject } from './json';
export type { JsonObject, JsonValue } from './json';
export { kindOf } from './kind-of';
export type { LogRecord } from './log-record';
export { placeInStream } from './place-in-stream';
export type { PlaceInStream } from './place-in-stream';
export { severityLevelOf, severityNumberPresets } from './severity-number';
export type { SeverityNumbers, SeverityPreset } from './severity-number';
export { OWN_PLUGIN_ID, streamEvent } from './stream-events';
export { DENIED, OUTCOME_REASON } from './outcome-reason';
export {
  toLogRecord,
  toLogRecordFields,
  visitAttributes,
} from './to-log-record';
export { timeOfUuid, uuidFromName, uuidOf, uuidv7 } from './uuid';
