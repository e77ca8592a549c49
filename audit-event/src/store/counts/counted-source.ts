import { timeText } from '../time-text';
import { COUNT_SPANS } from './count-spans';
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
  /** Hours: rows tell no more than this of when their events were, a multiple of it from 1970 on. A day if nothing is said. */
  withinHours?: number | undefined;
  /** Milliseconds since 1970. After it few events are expected, which makes a difference to speed alone. */
  nowMs?: number | undefined;
}

/** A stretch of time: its first millisecond, and the first behind it. */
interface Stretch {
  from: number;
  to: number;
}

/**
 * A source of rows for `from`: the counted columns, `at`, a time in the stretch of the events, and `events`, how many they are.
 * Whole hours come from the counts. Of the hours in which the range begins and ends, the events are read that are in the
 * range, or those that are not, whichever is shorter: the latter count as less than none. So sums are exact, and there
 * may be some of 0.
 *
 * @example
 * const sql = `select sum(events) from ${countedSource({ startMs, endMs, where: 'true', bind })}`;
 */
export function countedSource({
  startMs,
  endMs,
  where,
  bind,
  withinHours = COUNT_SPANS[0],
  nowMs = Date.now(),
}: CountedSelection): string {
  const time = (ms: number) => `${bind(timeText(ms))}::timestamptz`;
  const events = (sign: 1 | -1, { from, to }: Stretch) =>
    `select event_time as at, ${sign}::bigint as events, ${COLUMNS}
     from audit.event
     where event_time >= ${time(from)} and event_time < ${time(to)} and (${where})`;
  const edge = (sign: 1 | -1, stretch: Stretch) =>
    stretch.from < stretch.to ? [events(sign, stretch)] : [];

  const endsBefore = endMs + 1;
  const isInFirst = isFirstHourCounted(startMs);
  const isInLast = isLastHourCounted(endsBefore, nowMs);
  const hours: Stretch = {
    from: isInFirst ? hourOf(startMs) : hourFrom(startMs),
    to: isInLast ? hourFrom(endsBefore) : hourOf(endsBefore),
  };
  const parts =
    hours.from < hours.to
      ? [
          ...(isInFirst
            ? edge(-1, { from: hours.from, to: startMs })
            : edge(1, { from: startMs, to: hours.from })),
          `select hour as at, events, ${COLUMNS}
           from audit.event_count
           where (${countsSql(hours, withinHours, time)}) and (${where})`,
          ...(isInLast
            ? edge(-1, { from: endsBefore, to: hours.to })
            : edge(1, { from: hours.to, to: endsBefore })),
        ]
      : [events(1, { from: startMs, to: endsBefore })];
  return `(${parts.join(' union all ')}) as counted`;
}

/** Whether it is less to take away what comes before the beginning than to read what comes after. */
function isFirstHourCounted(startMs: number): boolean {
  return startMs - hourOf(startMs) < hourFrom(startMs) - startMs;
}

function isLastHourCounted(endsBefore: number, nowMs: number): boolean {
  const behind = Math.min(hourFrom(endsBefore), nowMs) - endsBefore;
  return behind < endsBefore - hourOf(endsBefore);
}

/** Counts that are in no longer stretch yet, and the fewest stretches that make up whole hours. */
function countsSql(
  hours: Stretch,
  withinHours: number,
  time: (ms: number) => string,
): string {
  const spans = COUNT_SPANS.filter((span) => withinHours % span === 0);
  return [{ span: 0, ...hours }, ...stretchesOf(hours, spans)]
    .map(
      ({ span, from, to }) =>
        `hours = ${span} and hour >= ${time(from)} and hour < ${time(to)}`,
    )
    .join(' or ');
}

function stretchesOf(
  { from, to }: Stretch,
  [span, ...shorter]: readonly number[],
): (Stretch & { span: number })[] {
  if (span === undefined || from >= to) return [];
  const length = span * HOUR_MS;
  const whole = {
    from: Math.ceil(from / length) * length,
    to: Math.floor(to / length) * length,
  };
  if (whole.from >= whole.to) return stretchesOf({ from, to }, shorter);
  return [
    ...stretchesOf({ from, to: whole.from }, shorter),
    { span, ...whole },
    ...stretchesOf({ from: whole.to, to }, shorter),
  ];
}

/** The beginning of the hour of a time, and of the first hour that begins at it or after it. */
function hourOf(ms: number): number {
  return Math.floor(ms / HOUR_MS) * HOUR_MS;
}

function hourFrom(ms: number): number {
  return Math.ceil(ms / HOUR_MS) * HOUR_MS;
}
