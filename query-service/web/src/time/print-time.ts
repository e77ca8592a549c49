export type Zone = 'local' | 'utc';

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: Zone, options: Intl.DateTimeFormatOptions) {
  const key = zone + JSON.stringify(options);
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    ...options,
    hourCycle: 'h23',
    ...(zone === 'utc' && { timeZone: 'UTC' }),
  });
  formats.set(key, made);
  return made;
}

const DATE = { day: '2-digit', month: 'short', year: 'numeric' } as const;
const TIME = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;

/** `15 Jan 2026, 10:30:00`. */
export function printTime(time: string | number, zone: Zone): string {
  return format(zone, { ...DATE, ...TIME }).format(new Date(time));
}

/** To the millisecond, with the zone: `15 Jan 2026, 10:30:00.120 UTC`. */
export function printExactTime(time: string | number, zone: Zone): string {
  return format(zone, {
    ...DATE,
    ...TIME,
    fractionalSecondDigits: 3,
    timeZoneName: 'short',
  }).format(new Date(time));
}

/** Without seconds: `15 Jan, 10:30`. */
export function printShortTime(time: string | number, zone: Zone): string {
  return format(zone, {
    day: '2-digit',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(time));
}

/** Only the day: `15 Jan 2026`. */
export function printDay(time: string | number, zone: Zone): string {
  return format(zone, DATE).format(new Date(time));
}

const STEPS = [
  [60, 's', 1],
  [3_600, 'min', 60],
  [86_400, 'h', 3_600],
  [Infinity, 'd', 86_400],
] as const;

/** How long ago: `3 min ago`, or how far ahead a clock is: `in 2 min`. */
export function printAgo(time: string | number, nowMs: number): string {
  const seconds = Math.round((nowMs - new Date(time).getTime()) / 1_000);
  const away = Math.abs(seconds);
  if (away < 2) return 'now';
  const [, unit, size] = STEPS.find(([below]) => away < below)!;
  const amount = `${Math.floor(away / size)} ${unit}`;
  return seconds > 0 ? `${amount} ago` : `in ${amount}`;
}

/** A duration: `850 ms`, `1.2 s`, `3 min 5 s`. */
export function printDuration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** The value of a field of type `datetime-local`, and back. */
export function toFieldTime(ms: number, zone: Zone): string {
  const offset = zone === 'utc' ? 0 : new Date(ms).getTimezoneOffset() * 60_000;
  return new Date(ms - offset).toISOString().slice(0, 19);
}

export function fromFieldTime(text: string, zone: Zone): number {
  return Date.parse(zone === 'utc' ? `${text}Z` : text);
}
