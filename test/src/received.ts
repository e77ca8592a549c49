import { toLogRecord } from 'audit-event';
import type { AuditEvent } from 'audit-event';
import { Rows, StreamRanges } from 'audit-event/store';
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
  const ranges = new StreamRanges();
  events.forEach((event, i) => {
    rows.add(event, i);
    if (event.streamId !== undefined && event.sequence !== undefined)
      ranges.note(
        event.streamId,
        event.sequence,
        Number(event.time / 1000n),
        event.source,
      );
  });
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
    ranges: ranges.all,
    rulesHash: Buffer.alloc(32),
    ...fields,
  };
}

function textOf(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'bigint' ? String(member) : member,
  );
}
