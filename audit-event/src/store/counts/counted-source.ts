import { timeText } from '../time-text';
import { COUNTED_COLUMNS } from './counted-columns';

const HOUR_MS = 3_600_000;
const COLUMNS = COUNTED_COLUMNS.join(', ');

/** Which events; `where` is SQL over the counted columns alone, `bind` makes parameters. */
export interface CountedSelection {
  /** First and last millisecond, since 1970, both inclusive. */
  startMs: number;
  endMs: number;
  where: string;
  bind: (value: unknown) => string;
}

/**
 * A source of rows for `from`: the counted columns, `at`, a time in the hour of the events, and `events`, how many they are. Whole
 * hours come from the counts; of the events themselves only the beginning and the end of the range are read.
 *
 * @example
 * const sql = `select sum(events) from ${countedSource({ startMs, endMs, where: 'true', bind })}`;
 */
export function countedSource({
  startMs,
  endMs,
  where,
  bind,
}: CountedSelection): string {
  const time = (ms: number) => `${bind(timeText(ms))}::timestamptz`;
  const firstHour = Math.ceil(startMs / HOUR_MS) * HOUR_MS;
  const endHour = Math.floor((endMs + 1) / HOUR_MS) * HOUR_MS;
  const events = (from: number, to: number) =>
    from < to &&
    `select event_time as at, 1::bigint as events, ${COLUMNS}
     from audit.event
     where event_time >= ${time(from)} and event_time < ${time(to)} and (${where})`;
  // A function, because a statement may have no parameter that it does not use.
  const hours = () => `select hour as at, events, ${COLUMNS}
     from audit.event_count
     where hour >= ${time(firstHour)} and hour < ${time(endHour)} and (${where})`;
  const parts =
    firstHour < endHour
      ? [events(startMs, firstHour), hours(), events(endHour, endMs + 1)]
      : [events(startMs, endMs + 1)];
  return `(${parts.filter((part) => part !== false).join(' union all ')}) as counted`;
}
