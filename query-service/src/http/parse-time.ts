/** What `parseTime` reads, for messages. */
export const TIME_FORM =
  'a time in ISO 8601, in UTC and ending in Z, such as 2026-01-31T23:59:59Z';

const UTC_TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?Z$/;

/**
 * The millisecond of an ISO 8601 time in UTC, since 1970; undefined when it does not end in `Z` or is no real time.
 * Digits below the millisecond are cut off, as in the times that the API prints.
 *
 * @example
 * parseTime('2026-01-31T23:59:59Z'); // 1769903999000
 * parseTime('2026-02-30T00:00:00Z'); // undefined
 */
export function parseTime(text: string): number | undefined {
  const [, minute, second = '00', fraction = ''] = UTC_TIME.exec(text) ?? [];
  // Postgres has no year 0.
  if (minute === undefined || minute.startsWith('0000')) return undefined;
  const exact = `${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}Z`;
  const ms = Date.parse(exact);
  // Date carries the 30th of February over to March, and hour 24 to the next day.
  if (Number.isNaN(ms) || new Date(ms).toISOString() !== exact)
    return undefined;
  return ms;
}
