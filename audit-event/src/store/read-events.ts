import type { AuditEvent } from '../audit-event';
import { unlessEmpty } from '../unless-empty';
import type { Queryable } from './queryable';

/** An event as it is stored. */
export interface StoredEvent extends AuditEvent {
  recordedAt: Date;
}

/**
 * Reads stored events back with all their fields, oldest first: the inverse of storing them.
 *
 * @param ids the events' ids
 * @example
 * const [event] = await readEvents(pool, ['01980f5e-7c1a-7b3e-9d52-5f0a6b1c2d3e']);
 */
export async function readEvents(
  db: Queryable,
  ids: string[],
): Promise<StoredEvent[]> {
  // Exact times as text: a JavaScript Date holds milliseconds only.
  const { rows } = await db.query(
    `select event.*, encode(trace_id, 'hex') as trace, encode(span_id, 'hex') as span,
       (extract(epoch from event_time) * 1000000)::bigint::text as time_us,
       (extract(epoch from observed_time) * 1000000)::bigint::text as observed_us,
       resource.id is not null as has_source, resource.attributes as resource,
       resource.schema_url, resource.scope_name, resource.scope_version, resource.scope_attributes,
       resource.scope_schema_url
     from audit.event
     left join audit.resource on resource.id = event.resource_id
     where event.id = any ($1::uuid[])
     order by event_time, event.id`,
    [ids],
  );
  return rows.map(eventOfRow);
}

/** An event of what the statement above selects. */
// oxlint-disable-next-line typescript/no-explicit-any -- a row of pg
export function eventOfRow(row: any): StoredEvent {
  return {
    id: row.id,
    operationId: known(row.operation_id),
    time: BigInt(row.time_us) * 1000n + BigInt(row.event_nanos),
    observedTime:
      row.observed_us === null ? undefined : BigInt(row.observed_us) * 1000n,
    recordedAt: row.recorded_at,
    pluginId: row.plugin_id,
    eventId: row.event_id,
    severityLevel: row.severity_level,
    severityNumber: row.severity_number,
    status: row.status,
    actor: {
      type: row.actor_type,
      id: row.actor_id,
      initiatorId: known(row.initiator_id),
      ip: known(row.client_address),
      userAgent: known(row.user_agent),
    },
    request: unlessEmpty({
      method: known(row.request_method),
      path: known(row.request_url),
      query: known(row.request_query),
      host: known(row.request_host),
    }),
    actionType: known(row.action_type),
    queryType: known(row.query_type),
    entityRef: known(row.entity_ref),
    error: unlessEmpty({
      type: known(row.error_type),
      message: known(row.error_message),
      stack: known(row.error_stack),
    }),
    meta: row.meta,
    traceId: known(row.trace),
    spanId: known(row.span),
    streamId: known(row.stream_id),
    sequence: row.stream_seq === null ? undefined : Number(row.stream_seq),
    source: row.has_source
      ? {
          resource: row.resource,
          schemaUrl: known(row.schema_url),
          scopeName: known(row.scope_name),
          scopeVersion: known(row.scope_version),
          scopeAttributes: known(row.scope_attributes),
          scopeSchemaUrl: known(row.scope_schema_url),
        }
      : undefined,
    flags: known(row.flags),
    otlp: known(row.otlp),
  };
}

/** SQL null is absent. */
function known<T>(value: T | null): T | undefined {
  return value ?? undefined;
}
