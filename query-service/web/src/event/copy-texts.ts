import type { AuditEvent } from '../api/types';

type Named = Pick<AuditEvent, 'id' | 'event_time'>;

/** A line for a shell that asks for an event with a token. */
export function curlOf(
  { id, event_time: time }: Named,
  origin: string,
): string {
  const ms = Date.parse(time);
  const query = new URLSearchParams({
    start_time: new Date(ms - 1_000).toISOString(),
    end_time: new Date(ms + 1_000).toISOString(),
  });
  const path = encodeURIComponent(id).replaceAll("'", '%27');
  return `curl -H "Authorization: Bearer $AUDIT_API_TOKEN" '${origin}/api/audit-log/v2/events/${path}?${query.toString()}'`;
}

/** A statement that finds the event in the database. The time says in which partition it is. */
export function sqlOf({ id, event_time: time }: Named): string {
  const at = `timestamptz '${time}'`;
  return `select * from audit.event where event_time >= ${at} and event_time < ${at} + interval '1 millisecond' and id = '${id.replaceAll("'", "''")}';`;
}
