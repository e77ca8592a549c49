const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Ranges up to now, as the address names them, with what people call them. */
export const presets = {
  '15m': { label: 'Last 15 minutes', ms: 15 * MINUTE_MS },
  '1h': { label: 'Last hour', ms: HOUR_MS },
  '4h': { label: 'Last 4 hours', ms: 4 * HOUR_MS },
  '24h': { label: 'Last 24 hours', ms: DAY_MS },
  '7d': { label: 'Last 7 days', ms: 7 * DAY_MS },
  '30d': { label: 'Last 30 days', ms: 30 * DAY_MS },
  '90d': { label: 'Last 90 days', ms: 90 * DAY_MS },
  '365d': { label: 'Last 365 days', ms: 365 * DAY_MS },
} as const;
export type Preset = keyof typeof presets;
export const presetNames = Object.keys(presets) as Preset[];
export const DEFAULT_PRESET: Preset = '7d';

/** A range of times, both ends in milliseconds since 1970 and inclusive. */
export interface Range {
  startMs: number;
  endMs: number;
}

/** When to search: up to now, or between two times. */
export type When = { preset: Preset } | Range;

export function isPreset(when: When): when is { preset: Preset } {
  return 'preset' in when;
}

/** The first and the last time that the API takes, and JavaScript can write with four digits for the year. */
const FIRST_MS = Date.UTC(1970, 0);
const LAST_MS = Date.UTC(10_000, 0) - 1;

/** The times of a range, at a moment. */
export function rangeAt(when: When, nowMs: number): Range {
  if (!isPreset(when)) return when;
  return { startMs: nowMs - presets[when.preset].ms, endMs: nowMs };
}

/** The range of the same length right before. */
export function rangeBefore({ startMs, endMs }: Range): Range {
  return {
    startMs: Math.max(startMs - (endMs - startMs) - 1, 0),
    endMs: Math.max(startMs - 1, 0),
  };
}

/** A range as the address has it. */
export function paramsOfWhen(when: When): [string, string][] {
  if (isPreset(when))
    return when.preset === DEFAULT_PRESET ? [] : [['range', when.preset]];
  return paramsOfRange(when);
}

/** A range as the API has it. */
export function paramsOfRange({ startMs, endMs }: Range): [string, string][] {
  return [
    ['start_time', new Date(startMs).toISOString()],
    ['end_time', new Date(endMs).toISOString()],
  ];
}

/** The range that an address has; the usual one when it has none that can be read. */
export function whenOf(params: URLSearchParams): When {
  const startMs = Date.parse(params.get('start_time') ?? '');
  const endMs = Date.parse(params.get('end_time') ?? '');
  if (FIRST_MS <= startMs && startMs < endMs && endMs <= LAST_MS)
    return { startMs, endMs };
  const preset = params.get('range') ?? '';
  return {
    preset: Object.hasOwn(presets, preset)
      ? (preset as Preset)
      : DEFAULT_PRESET,
  };
}
