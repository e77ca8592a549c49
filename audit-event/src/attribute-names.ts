/**
 * The OTLP attribute of each field of an audit event, its only place in the code. Names without `audit.` are
 * semantic conventions 1.44; `audit.*` follows OTEP 0267 (open-telemetry/opentelemetry-specification#5059) where it
 * has a name for the thing.
 */
export const attribute = {
  uid: 'log.record.uid',
  recordId: 'audit.record.id',
  schemaVersion: 'audit.schema.version',
  operationId: 'audit.operation.id',
  pluginId: 'audit.plugin.id',
  eventId: 'audit.event.id',
  severity: 'audit.severity',
  status: 'audit.status',
  outcome: 'audit.outcome',
  actorType: 'audit.actor.type',
  actorId: 'audit.actor.id',
  initiatorId: 'audit.actor.initiator.id',
  userId: 'user.id',
  clientAddress: 'client.address',
  userAgent: 'user_agent.original',
  serverAddress: 'server.address',
  requestMethod: 'http.request.method',
  urlPath: 'url.path',
  urlQuery: 'url.query',
  actionType: 'audit.action',
  queryType: 'audit.query.type',
  entityRef: 'audit.target.id',
  errorType: 'error.type',
  errorMessage: 'exception.message',
  errorStack: 'exception.stacktrace',
  meta: 'audit.meta',
  streamId: 'audit.stream.id',
  sequence: 'audit.sequence.number',
} as const;

/** The OTLP name of a field of an audit event. */
export type AttributeName = (typeof attribute)[keyof typeof attribute];

/** The value of `audit.schema.version` that this code writes. */
export const SCHEMA_VERSION = '1.0.0';
