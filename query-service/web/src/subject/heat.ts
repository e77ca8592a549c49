import type { Histogram } from '../api/types';
import type { Zone } from '../time/print-time';

/** Days of the week, the first of them first. */
export const days = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;

/** How many events there were on each day of the week, at each hour. */
export function heatOf(buckets: Histogram['buckets'], zone: Zone): number[][] {
  const heat = days.map(() => Array.from({ length: 24 }, () => 0));
  for (const { start, total } of buckets) {
    const time = new Date(start);
    const [day, hour] =
      zone === 'utc'
        ? [time.getUTCDay(), time.getUTCHours()]
        : [time.getDay(), time.getHours()];
    // JavaScript's week begins on Sunday.
    heat[(day + 6) % 7]![hour]! += total;
  }
  return heat;
}

/** How dark a cell is, from 0 to 4: 0 only for nothing. */
export function levelOf(value: number, most: number): number {
  return value === 0 ? 0 : Math.max(1, Math.ceil((value / most) * 4));
}
