import { wrongUsage } from '../failure';

const UNIT_MS = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
} as const;
const DURATION = /^(\d{1,9})([smhdw])$/;
const DAY = /^(\d{4})-(\d\d)-(\d\d)/;
const TIME =
  /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?$/;
/** The API has years of four digits. */
const LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/**
 * A duration in milliseconds, such as `90s`, `15m`, `2h`, `7d` or `4w`; undefined for any other text.
 *
 * @example
 * durationMs('2h'); // 7200000
 */
export function durationMs(text: string): number | undefined {
  const [, count, unit] = DURATION.exec(text) ?? [];
  return unit === undefined
    ? undefined
    : Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS];
}

/**
 * A time as the API takes it. Said as a duration it is so long ago; a day alone is its beginning in UTC; a time of day must say its zone, for
 * what it means would else depend on the machine.
 *
 * @param option for the message
 * @throws Failure wrong usage
 * @example
 * momentOf('--since', '2h', Date.now());
 * momentOf('--since', '2026-01-15T10:30+01:00', Date.now()); // '2026-01-15T09:30:00.000Z'
 */
export function momentOf(option: string, text: string, nowMs: number): string {
  const ago = durationMs(text);
  const ms = ago === undefined ? timeMs(text) : nowMs - ago;
  if (ms !== undefined && ms >= 0 && ms <= LAST_MS)
    return new Date(ms).toISOString();
  throw wrongUsage(
    `${option} must be a duration such as 2h or 7d (units s, m, h, d, w), a day, or a time with its zone such as 2026-01-15T10:30:00Z, got ${JSON.stringify(text)}`,
  );
}

function timeMs(text: string): number | undefined {
  const [, year, month, day] = DAY.exec(text) ?? [];
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  // Without this the 30th of February is one of March.
  if (!TIME.test(text) || date.getUTCDate() !== Number(day)) return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}
