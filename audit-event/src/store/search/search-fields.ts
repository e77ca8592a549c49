import {
  actorTypes,
  eventFlags,
  severityLevels,
  statuses,
} from '../../audit-event';
import { OUTCOME_REASON } from '../../outcome-reason';

/** How the values of a field are written and compared. */
export type FieldKind =
  /** One of a few words. */
  | { kind: 'word'; words: readonly string[] }
  /** Any text; the beginning of one may be asked for. */
  | { kind: 'text' }
  | { kind: 'uuid' }
  /** Bytes as hexadecimal digits. */
  | { kind: 'hex'; digits: number }
  | { kind: 'integer' }
  /** A list of words, of which an event has any number. */
  | { kind: 'flags'; words: readonly string[] };

export type SearchField = FieldKind & {
  /** SQL over a row of `audit.event`. */
  sql: string;
  /** An attribute of the event's resource, which is looked up there instead. */
  attribute?: string;
};

const text = (sql: string): SearchField => ({ kind: 'text', sql });
const word = (sql: string, words: readonly string[]): SearchField => ({
  kind: 'word',
  sql,
  words,
});
const uuid = (sql: string): SearchField => ({ kind: 'uuid', sql });
const ofResource = (attribute: string): SearchField => ({
  kind: 'text',
  attribute,
  sql: `(select resource.attributes ->> '${attribute}' from audit.resource where resource.id = event.resource_id)`,
});

/** Every field that events can be searched by, under its name in the API: that of its column where it has one. */
export const searchFields = {
  id: uuid('id'),
  operation_id: uuid('operation_id'),
  stream_id: uuid('stream_id'),
  stream_seq: { kind: 'integer', sql: 'stream_seq' },
  plugin_id: text('plugin_id'),
  event_id: text('event_id'),
  severity_level: word('severity_level', severityLevels),
  severity_number: { kind: 'integer', sql: 'severity_number' },
  status: word('status', statuses),
  operation_outcome: word(
    `(
      select 'unfinished' from audit.unfinished_operation as unfinished
      where unfinished.operation_id = event.operation_id and unfinished.finished_at is null
    )`,
    ['unfinished'],
  ),
  outcome_reason: text(`otlp #>> '{attributes,${OUTCOME_REASON}}'`),
  actor_type: word('actor_type', actorTypes),
  actor_id: text('actor_id'),
  initiator_id: text('initiator_id'),
  client_address: text('client_address'),
  user_agent: text('user_agent'),
  request_method: text('request_method'),
  request_url: text('request_url'),
  request_query: text('request_query'),
  request_host: text('request_host'),
  action_type: text('action_type'),
  query_type: text('query_type'),
  entity_ref: text('entity_ref'),
  entity_kind: text(`nullif(split_part(entity_ref, ':', 1), '')`),
  error_type: text('error_type'),
  error_message: text('error_message'),
  error_stack: text('error_stack'),
  trace_id: { kind: 'hex', sql: 'trace_id', digits: 32 },
  span_id: { kind: 'hex', sql: 'span_id', digits: 16 },
  flags: { kind: 'flags', sql: 'flags', words: eventFlags },
  service_name: ofResource('service.name'),
  service_instance_id: ofResource('service.instance.id'),
  host_name: ofResource('host.name'),
} as const satisfies Record<string, SearchField>;

export type FieldName = keyof typeof searchFields;

/** The names, in the order of the table. */
export const fieldNames = Object.keys(searchFields) as FieldName[];

export function searchField(name: FieldName): SearchField {
  return searchFields[name];
}
