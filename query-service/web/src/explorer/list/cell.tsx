import type { AuditEvent } from '../../api/types';
import { usePreferences } from '../../preferences';
import { printDuration, printTime } from '../../time/print-time';
import { durationOf } from './columns';
import type { Column } from './columns';

/** What an event has in a column. */
export function Cell({ event, column }: { event: AuditEvent; column: Column }) {
  const { zone } = usePreferences();
  if (column === 'duration') {
    const ms = durationOf(event);
    return ms === undefined ? null : printDuration(ms);
  }
  const value = event[column];
  return column === 'event_time' || column === 'recorded_at'
    ? printTime(value ?? '', zone)
    : value;
}
