import { toLogRecord } from 'audit-event';
import type { AuditEvent } from 'audit-event';
import { Rows } from 'audit-event/store';
import type { Received } from 'audit-event/store';

/**
 * What a receiver makes of a request with these events.
 *
 * @example
 * await committer.commit(receivedOf([anAuditEvent()]));
 */
export function receivedOf(
  events: AuditEvent[],
  fields: Partial<Received> = {},
): Received {
  const rows = new Rows();
  events.forEach((event, i) => rows.add(event, i));
  const raw = (record: number) => ({
    encoding: 'json' as const,
    raw: Buffer.from(textOf(toLogRecord(events[record]!))),
  });
  return {
    bytes: 100 * events.length,
    received: events.length,
    events: { rows, raw },
    excluded: new Map(),
    quarantined: [],
    rulesHash: Buffer.alloc(32),
    ...fields,
  };
}

function textOf(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'bigint' ? String(member) : member,
  );
}
