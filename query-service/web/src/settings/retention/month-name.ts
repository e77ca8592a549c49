import type { Partition } from '../../api/retention';

const MONTH = new Intl.DateTimeFormat('en-GB', {
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

/** What a part of the event table is called: its month, or what lies before and after all months. */
export function monthName({
  name,
  start_time: start,
}: Pick<Partition, 'name' | 'start_time'>): string {
  if (start !== null) return MONTH.format(new Date(start));
  return name.endsWith('past') ? 'Before 2020' : 'After 2039';
}
