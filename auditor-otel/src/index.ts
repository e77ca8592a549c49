export { AuditUnavailableError } from './audit-unavailable-error';
export { activeTrace } from './active-trace';
export type { ActiveTrace, ReadActiveTrace, TraceInput } from './active-trace';
export { auditRequest, auditRequestError } from './audit-request';
export type { AuditRequestOptions, ExpressResponse } from './audit-request';
export type { RequestInput } from './clean-request';
export { createAuditor } from './create-auditor';
export type {
  AuditedOperation,
  Auditor,
  AuditorOptions,
  CreateEventOptions,
  FailOptions,
  RecordOptions,
  SuccessOptions,
} from './create-auditor';
export { defineEvent } from './define-event';
export type {
  DefinedEvent,
  DescribedEvent,
  EventDefinition,
  Occurrence,
} from './define-event';
export { describeEvents } from './describe-events';
export { changes, diff } from './diff';
export type { Refused } from './deliver';
export type { Emitted } from './emitter';
export { jsonEncoding } from './encode-json';
export { protobufEncoding } from './encode-protobuf';
export type { Encoding, PartialSuccess } from './encoding';
export type { DeliveryLevel, Demand, OverflowPolicy } from './delivery-level';
export { fromRequest } from './express-request';
export type { ActorOf, ExpressRequest } from './express-request';
export type { Health } from './health';
export { isDenied } from './is-denied';
export type { PatchOperation } from './json-patch';
export type { EventDraft } from './make-event';
export type { MetaField, MetaFields, MetaOf } from './meta-fields';
export type { Stats } from './pipeline';
export type { Receipt } from './receipts';
export { redactQuery } from './redact-query';
export { redactSecrets } from './redact-secrets';
export { secretNames } from './secret-names';
export type { FlushResult } from './sender';
export type { SettingsInput } from './settings';
export { withAudit } from './with-audit';
export type { Audits, RunningEvent } from './with-audit';
