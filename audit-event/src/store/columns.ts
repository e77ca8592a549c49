import type { AuditEvent } from '../audit-event';
import type { CopyBuffer } from './copy-buffer';
import { resourceIdOf } from './resource-id';

type Write = (out: CopyBuffer, event: AuditEvent) => void;

/** The columns that say which batch brought a row, in their order. All have a fixed width: they are filled in at the commit. */
const BATCH_COLUMNS = [
  'recorded_at',
  'receiver_seq',
  'receiver_id',
  'batch_index',
];

/**
 * The columns of `audit.event` that hold the event, each with what fills it: the time, the columns that `EventCounts` looks
 * at, the others. `eventOfRow` is the way back.
 */
const EVENT_COLUMNS = {
  event_time: (out, e) => out.timestamp(e.time),
  severity_level: (out, e) => out.text(e.severityLevel),
  status: (out, e) => out.text(e.status),
  plugin_id: (out, e) => out.text(e.pluginId),
  event_id: (out, e) => out.text(e.eventId),
  actor_type: (out, e) => out.text(e.actor.type),
  request_method: (out, e) => out.text(e.request?.method),
  action_type: (out, e) => out.text(e.actionType),
  query_type: (out, e) => out.text(e.queryType),
  observed_time: (out, e) => out.timestamp(e.observedTime),
  resource_id: (out, e) => out.bigint(resourceIdOf(e.source)),
  stream_seq: (out, e) => out.int8(e.sequence),
  event_nanos: (out, e) => out.int2(Number(e.time % 1000n)),
  severity_number: (out, e) => out.int4(e.severityNumber),
  id: (out, e) => out.uuid(e.id),
  operation_id: (out, e) => out.uuid(e.operationId),
  stream_id: (out, e) => out.uuid(e.streamId),
  actor_id: (out, e) => out.text(e.actor.id),
  initiator_id: (out, e) => out.text(e.actor.initiatorId),
  client_address: (out, e) => out.text(e.actor.ip),
  user_agent: (out, e) => out.text(e.actor.userAgent),
  request_url: (out, e) => out.text(e.request?.path),
  request_query: (out, e) => out.text(e.request?.query),
  request_host: (out, e) => out.text(e.request?.host),
  entity_ref: (out, e) => out.text(e.entityRef),
  error_type: (out, e) => out.text(e.error?.type),
  error_message: (out, e) => out.text(e.error?.message),
  error_stack: (out, e) => out.text(e.error?.stack),
  trace_id: (out, e) => out.hex(e.traceId),
  span_id: (out, e) => out.hex(e.spanId),
  flags: (out, e) => out.textArray(e.flags),
  meta: (out, e) => out.jsonb(JSON.stringify(e.meta)),
  otlp: (out, e) => out.jsonb(e.otlp && JSON.stringify(e.otlp)),
} satisfies Record<string, Write>;

const WRITERS: Write[] = Object.values(EVENT_COLUMNS);

/** The columns of a row in the order in which rows are written. */
export const COLUMNS = [...BATCH_COLUMNS, ...Object.keys(EVENT_COLUMNS)];

/** Their list, of `insert` and `copy` statements. */
export const COLUMN_LIST = COLUMNS.join(', ');

/**
 * What makes two events the same event: the columns that its sender filled. The resource is not among them, because
 * another process of the sender may send what one that died has left.
 */
export const CONTENT_COLUMNS = Object.keys(EVENT_COLUMNS).filter(
  (column) => column !== 'resource_id',
);

/** Writes the columns that hold the event. */
export function writeEvent(out: CopyBuffer, event: AuditEvent): void {
  for (const write of WRITERS) write(out, event);
}
