import type { AuditEvent } from '../../api/types';

/** Columns that can be shown beside the sentence, with their headings. */
export const columns = {
  plugin_id: 'Plugin',
  event_id: 'Event',
  actor_id: 'Actor',
  initiator_id: 'On behalf of',
  entity_ref: 'Entity',
  action_type: 'Action',
  client_address: 'Client address',
  request_method: 'Method',
  request_url: 'Path',
  error_message: 'Error',
  duration: 'Took',
  event_time: 'Time',
  recorded_at: 'Recorded',
} as const;
export type Column = keyof typeof columns;
export const columnNames = Object.keys(columns) as Column[];

/** The columns that were chosen, as far as there are such. */
export function chosenColumns(names: readonly string[]): Column[] {
  return [...new Set(names)].filter((name): name is Column =>
    Object.hasOwn(columns, name),
  );
}

/** An operation that took longer is not believed: its id is from another clock. */
const LONGEST_MS = 24 * 3_600_000;
const UUID_V7 = /^([0-9a-f]{8})-([0-9a-f]{4})-7/i;

/**
 * How long the operation of an event took, in milliseconds: its id, a UUID of version 7, says when it began. Undefined for a
 * beginning, and where the id does not say it.
 */
export function durationOf({
  status,
  event_time: time,
  operation_id: id,
}: Pick<AuditEvent, 'status' | 'event_time' | 'operation_id'>):
  number | undefined {
  const [, high, low] = UUID_V7.exec(id ?? '') ?? [];
  if (status === 'initiated' || high === undefined) return undefined;
  const ms = Date.parse(time) - Number.parseInt(high + low!, 16);
  return ms >= 0 && ms < LONGEST_MS ? ms : undefined;
}
