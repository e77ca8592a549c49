import type { AuditEvent } from '../audit-event';
import { CopyBuffer } from './copy-buffer';
import { resourceIdOf } from './resource-id';

/** What a row needs beyond its event: the batch that brings it. */
export interface RowContext {
  /** Nanoseconds since 1970. */
  recordedAt: bigint;
  receiverId: number;
  receiverSeq: number;
}

type Write = (
  out: CopyBuffer,
  event: AuditEvent,
  context: RowContext,
  index: number,
) => void;

/**
 * The columns of `audit.event`, each with what fills it: the only place in the code that maps an event to a row.
 * `eventOfRow` is the way back.
 */
const COLUMNS: Record<string, Write> = {
  event_time: (out, e) => out.timestamp(e.time),
  observed_time: (out, e) => out.timestamp(e.observedTime),
  recorded_at: (out, _, batch) => out.timestamp(batch.recordedAt),
  resource_id: (out, e) => out.int8(resourceIdOf(e.source)),
  receiver_seq: (out, _, batch) => out.int8(batch.receiverSeq),
  stream_seq: (out, e) => out.int8(e.sequence),
  receiver_id: (out, _, batch) => out.int4(batch.receiverId),
  batch_index: (out, _e, _b, index) => out.int4(index),
  event_nanos: (out, e) => out.int2(Number(e.time % 1000n)),
  severity_number: (out, e) => out.int4(e.severityNumber),
  id: (out, e) => out.uuid(e.id),
  operation_id: (out, e) => out.uuid(e.operationId),
  stream_id: (out, e) => out.uuid(e.streamId),
  severity_level: (out, e) => out.text(e.severityLevel),
  status: (out, e) => out.text(e.status),
  plugin_id: (out, e) => out.text(e.pluginId),
  event_id: (out, e) => out.text(e.eventId),
  actor_type: (out, e) => out.text(e.actor.type),
  actor_id: (out, e) => out.text(e.actor.id),
  initiator_id: (out, e) => out.text(e.actor.initiatorId),
  client_address: (out, e) => out.text(e.actor.ip),
  user_agent: (out, e) => out.text(e.actor.userAgent),
  request_method: (out, e) => out.text(e.request?.method),
  request_url: (out, e) => out.text(e.request?.path),
  request_query: (out, e) => out.text(e.request?.query),
  request_host: (out, e) => out.text(e.request?.host),
  action_type: (out, e) => out.text(e.actionType),
  query_type: (out, e) => out.text(e.queryType),
  entity_ref: (out, e) => out.text(e.entityRef),
  error_type: (out, e) => out.text(e.error?.type),
  error_message: (out, e) => out.text(e.error?.message),
  error_stack: (out, e) => out.text(e.error?.stack),
  trace_id: (out, e) => out.hex(e.traceId),
  span_id: (out, e) => out.hex(e.spanId),
  flags: (out, e) => out.textArray(e.flags),
  meta: (out, e) => out.jsonb(JSON.stringify(e.meta)),
  otlp: (out, e) => out.jsonb(e.otlp && JSON.stringify(e.otlp)),
};

const WRITERS = Object.values(COLUMNS);

/** The column list of `insert` and `copy` statements. */
export const COLUMN_LIST = Object.keys(COLUMNS).join(', ');

/**
 * Events as rows of `COLUMN_LIST` in binary COPY format.
 *
 * @param firstIndex the place of the first event in its batch
 */
export function encodeRows(
  events: AuditEvent[],
  context: RowContext,
  firstIndex = 0,
): Buffer {
  const out = new CopyBuffer();
  events.forEach((event, i) => {
    out.beginRow(WRITERS.length);
    for (const write of WRITERS) write(out, event, context, firstIndex + i);
  });
  return out.finish();
}
