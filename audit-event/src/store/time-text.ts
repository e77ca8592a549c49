/**
 * A time as Postgres reads it, exact at every millisecond from year 1 on. Years past 9999 have a sign
 * and zeros in ISO 8601, which Postgres refuses.
 *
 * @param ms milliseconds since 1970
 */
export function timeText(ms: number): string {
  return new Date(ms).toISOString().replace(/^\+0*/, '');
}

/** SQL: a time in UTC to the millisecond, cut as the bounds of queries are: a time that was read, used as a bound, finds its event. */
export function printedTime(sql: string): string {
  return `to_char(${sql} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
