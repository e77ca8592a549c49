import { actorTypes, eventFlags, severityLevels, statuses } from 'audit-event';
import { eventFields } from 'audit-event/store';
import {
  anyObject,
  count,
  flag,
  listOf,
  object,
  orNull,
  ref,
  text,
  time,
  uuid,
} from './json-schema';
import type { Schema } from './json-schema';

/** What version 1 shows of an event; version 2 has all of it too. */
const v1: Record<string, Schema> = {
  id: uuid,
  event_time: time,
  recorded_at: time,
  plugin_id: text,
  event_id: text,
  severity_level: { enum: severityLevels },
  status: { enum: statuses },
  actor_type: { enum: actorTypes },
  actor_id: text,
  request_method: orNull(text),
  request_url: orNull(text),
  action_type: orNull(text),
  query_type: orNull(text),
  entity_ref: orNull(text),
  meta: anyObject,
};

/** Fields of a list that are neither in version 1 nor a text or null. */
const special: Record<string, Schema> = {
  operation_id: orNull(uuid),
  stream_id: orNull(uuid),
  stream_seq: orNull({ type: 'integer' }),
  severity_number: orNull({ type: 'integer' }),
  flags: orNull(listOf({ enum: eventFlags })),
};

const listed = Object.fromEntries(
  eventFields.map((name) => [name, v1[name] ?? special[name] ?? orNull(text)]),
);

/** Events, and what is told of many of them. */
export const eventSchemas: Readonly<Record<string, Schema>> = {
  EventV1: object(v1),
  Event: object(listed),
  EventDetail: object({
    ...listed,
    event_time_exact: text,
    observed_time: orNull(time),
    error_stack: orNull(text),
    otlp: orNull(anyObject),
    receiver_id: { type: 'integer' },
    receiver_seq: count,
    batch_index: count,
    resource: orNull(anyObject),
    scope: orNull(anyObject),
  }),
  Related: object({ events: listOf(ref('Event')), has_more: flag }),
  Total: object({ value: count, is_exact: flag }),
  Facet: object({
    values: listOf(object({ value: orNull(text), count })),
    other_count: count,
    distinct_count: count,
    coverage: { enum: ['all', 'sampled', 'too-slow'] },
  }),
};
