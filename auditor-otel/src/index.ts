export { AuditUnavailableError } from './audit-unavailable-error';
export { activeTrace } from './active-trace';
export type { ActiveTrace, ReadActiveTrace, TraceInput } from './active-trace';
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
export type { Refused } from './deliver';
export type { Emitted } from './emitter';
export { jsonEncoding } from './encode-json';
export { protobufEncoding } from './encode-protobuf';
export type { Encoding, PartialSuccess } from './encoding';
export { auditRequest, fromRequest } from './express';
export type {
  ActorOf,
  AuditRequestOptions,
  ExpressRequest,
  ExpressResponse,
} from './express';
export type { DeliveryLevel, Demand, OverflowPolicy } from './delivery-level';
export type { Health } from './health';
export type { EventDraft } from './make-event';
export type { Stats } from './pipeline';
export type { Receipt } from './receipts';
export { redactQuery } from './redact-query';
export { redactSecrets } from './redact-secrets';
export { secretNames } from './secret-names';
export type { FlushResult } from './sender';
export type { SettingsInput } from './settings';
