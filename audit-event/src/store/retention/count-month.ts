import type { Queryable } from '../queryable';
import { timeText } from '../time-text';
import type { DueMonth } from './find-due-months';

/** What a month has, at one moment. */
export interface MonthCount {
  events: number;
  /** As the hourly counts say: the same, unless somebody changed events or counts by hand. */
  counted: number;
}

/**
 * Counts the events of a month, and adds up their hourly counts.
 *
 * @example
 * const { events, counted } = await countMonth(client, due);
 */
export async function countMonth(
  db: Queryable,
  { startMs, endMs }: DueMonth,
): Promise<MonthCount> {
  const { rows } = await db.query(
    `select
       (
         select count(*) from audit.event
         where event_time >= $1::timestamptz and event_time < $2::timestamptz
       )::double precision as events,
       (
         select coalesce(sum(events), 0) from audit.event_count
         where hour >= $1::timestamptz and hour < $2::timestamptz and hours in (0, 24)
       )::double precision as counted`,
    [timeText(startMs), timeText(endMs)],
  );
  return rows[0] as MonthCount;
}
