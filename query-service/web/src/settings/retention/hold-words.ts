import type { Hold } from '../../api/retention';
import { printDay } from '../../time/print-time';

/** Of which time a hold keeps the events, in words; days are those of UTC, by which it was made. */
export function holdTime({
  start_time: start,
  end_time: end,
}: Pick<Hold, 'start_time' | 'end_time'>): string {
  const from = start && printDay(start, 'utc');
  const to = end && printDay(end, 'utc');
  if (from && to) return `${from} to ${to}`;
  if (from) return `from ${from} on`;
  if (to) return `up to ${to}`;
  return 'all events';
}
