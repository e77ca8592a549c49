import type { FieldName } from '../api/types';

/** How the values of a field are written. */
export type ValueKind =
  | { kind: 'text' }
  | { kind: 'word'; words: readonly string[] }
  | { kind: 'integer' }
  | { kind: 'hex'; digits: number }
  | { kind: 'uuid' };

export type Field = ValueKind & {
  /** What the query line calls it. */
  key: string;
  /** What people call it. */
  label: string;
};

const text = (key: string, label: string): Field => ({
  kind: 'text',
  key,
  label,
});
const uuid = (key: string, label: string): Field => ({
  kind: 'uuid',
  key,
  label,
});
const word = (key: string, label: string, words: readonly string[]): Field => ({
  kind: 'word',
  key,
  label,
  words,
});

/** Every field that the API can search by. The compiler holds the table to the API's own. */
export const fields: Readonly<Record<FieldName, Field>> = {
  plugin_id: text('plugin', 'Plugin'),
  event_id: text('event', 'Event'),
  status: word('status', 'Outcome', ['initiated', 'succeeded', 'failed']),
  severity_level: word('severity', 'Severity', [
    'low',
    'medium',
    'high',
    'critical',
  ]),
  actor_id: text('actor', 'Actor'),
  actor_type: word('actor_type', 'Kind of actor', [
    'user',
    'service',
    'anonymous',
  ]),
  initiator_id: text('initiator', 'On behalf of'),
  entity_ref: text('entity', 'Entity'),
  entity_kind: text('kind', 'Kind of entity'),
  action_type: text('action', 'Action'),
  query_type: text('query_type', 'Kind of query'),
  operation_outcome: word('operation_outcome', 'What became of the operation', [
    'unfinished',
  ]),
  outcome_reason: text('reason', 'Reason of the outcome'),
  error_type: text('error', 'Kind of error'),
  error_message: text('error_message', 'Error message'),
  error_stack: text('error_stack', 'Error stack'),
  request_method: text('method', 'Request method'),
  request_url: text('path', 'Request path'),
  request_query: text('request_query', 'Request query'),
  request_host: text('request_host', 'Requested host'),
  client_address: text('ip', 'Client address'),
  user_agent: text('agent', 'User agent'),
  service_name: text('service', 'Service'),
  service_instance_id: text('instance', 'Service instance'),
  host_name: text('host', 'Host of the service'),
  trace_id: { kind: 'hex', digits: 32, key: 'trace', label: 'Trace' },
  span_id: { kind: 'hex', digits: 16, key: 'span', label: 'Span' },
  operation_id: uuid('operation', 'Operation'),
  id: uuid('id', 'Event id'),
  stream_id: uuid('stream', 'Stream'),
  stream_seq: {
    kind: 'integer',
    key: 'sequence',
    label: 'Number in the stream',
  },
  severity_number: {
    kind: 'integer',
    key: 'severity_number',
    label: 'Severity number',
  },
  flags: word('flag', 'Flag', ['sanitized', 'truncated', 'time-missing']),
};

export const fieldNames = Object.keys(fields) as FieldName[];

const byKey = new Map<string, FieldName>(
  fieldNames.flatMap((name) => [
    [name, name] as const,
    [fields[name].key, name] as const,
  ]),
);

export function isFieldName(name: string): name is FieldName {
  return Object.hasOwn(fields, name);
}

/** The field that a key of the query line names: `plugin` or `plugin_id`. */
export function fieldOfKey(key: string): FieldName | undefined {
  return byKey.get(key);
}

/** What people call a field, also one of `meta`. */
export function labelOf(field: string): string {
  if (field === 'has') return 'Has';
  return isFieldName(field) ? fields[field].label : field;
}
