import type { FieldName } from 'audit-event/store';
import type { Json } from './json';

export type { FieldName };

/** An event as lists have it. */
export interface AuditEvent {
  id: string;
  event_time: string;
  recorded_at: string;
  plugin_id: string;
  event_id: string;
  severity_level: string;
  status: string;
  actor_type: string;
  actor_id: string;
  request_method: string | null;
  request_url: string | null;
  action_type: string | null;
  query_type: string | null;
  entity_ref: string | null;
  meta: Record<string, Json>;
  operation_id: string | null;
  initiator_id: string | null;
  client_address: string | null;
  user_agent: string | null;
  request_query: string | null;
  request_host: string | null;
  error_type: string | null;
  error_message: string | null;
  outcome_reason: string | null;
  stream_id: string | null;
  stream_seq: number | null;
  severity_number: number | null;
  flags: string[] | null;
  trace_id: string | null;
  span_id: string | null;
}

/** All that is known of one event. */
export interface AuditEventDetail extends AuditEvent {
  event_time_exact: string;
  observed_time: string | null;
  error_stack: string | null;
  otlp: Json;
  resource: Json;
  scope: Json;
  receiver_id: string | null;
  receiver_seq: number | null;
  batch_index: number | null;
}

export interface RelatedEvents {
  events: AuditEvent[];
  has_more: boolean;
}

export interface FoundEvent {
  event: AuditEventDetail;
  operation: RelatedEvents;
  trace: RelatedEvents;
}

export interface EventsPage {
  data: AuditEvent[];
  next_cursor: string | null;
  searched_to: string | null;
}

/** How many events there are, or at least. */
export interface Total {
  value: number;
  is_exact: boolean;
}

export interface Facet {
  values: { value: string | null; count: number }[];
  other_count: number;
  distinct_count: number;
  coverage: 'all' | 'sampled' | 'too-slow';
}

export interface Histogram {
  interval: string;
  by: string | null;
  values: string[];
  total: number;
  buckets: { start: string; total: number; counts: Record<string, number> }[];
}

export interface Session {
  subject: string;
  permissions: string[];
}

export interface LedgerSums {
  batches: number;
  received: number;
  stored: number;
  duplicate: number;
  excluded: number;
  quarantined: number;
}

export interface Ledger {
  from: string;
  to: string;
  adds_up: boolean;
  total: LedgerSums;
}
