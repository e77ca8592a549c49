import { operationOutcomes, streamStates } from 'audit-event/store';
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

const range: Schema = {
  type: 'array',
  description: 'First and last sequence number, inclusive',
  items: count,
  minItems: 2,
  maxItems: 2,
};

/** Whether all came that was sent, and what became of operations. */
export const streamSchemas: Readonly<Record<string, Schema>> = {
  Stream: object({
    id: uuid,
    state: { enum: streamStates },
    service_name: orNull(text),
    service_instance_id: orNull(text),
    host_name: orNull(text),
    first_event_time: orNull(time),
    last_event_time: orNull(time),
    last_recorded_at: orNull(time),
    ended: flag,
    contiguous_sequence: orNull(count),
    highest_sequence: orNull(count),
    missing_count: count,
    undeclared_count: count,
    missing_since: orNull(time),
    missing: listOf(range),
    declared_gaps: listOf(
      object({
        id: uuid,
        event_time: time,
        ranges: listOf(range),
        reason: orNull(text),
        dropped: orNull(anyObject),
      }),
    ),
    duplicate_count: count,
    duplicates: listOf(object({ sequence: count, id: uuid, event_time: time })),
    previous_stream_id: orNull(uuid),
    next_stream_id: orNull(uuid),
  }),
  Operation: object({
    id: uuid,
    outcome: { enum: operationOutcomes },
    marked_at: orNull(time),
    total: count,
    records: listOf(ref('EventV1')),
  }),
};
