import { HttpError } from '../http-error';
import type { Parameters } from './parameters';

const DEFAULT_RANGE_MS = 30 * 24 * 60 * 60 * 1_000;

/** A range of times, in milliseconds since 1970, both ends inclusive. */
export interface Range {
  startMs: number;
  endMs: number;
}

/** The thirty days up to now. */
export function lastDays(endMs: number = Date.now()): Range {
  return { startMs: endMs - DEFAULT_RANGE_MS, endMs };
}

/** All times that an event can have, whatever its clock says. */
export const ALL_TIMES: Range = {
  startMs: 0,
  endMs: Date.UTC(9999, 11, 31, 23, 59, 59, 999),
};

/**
 * `start_time` and `end_time` of a query.
 *
 * @param fallback for what is not given
 * @throws HttpError `InputError` for what is no time, and when they are not in order
 * @example
 * rangeIn(readParameters(query, rangeParameters), lastDays());
 */
export function rangeIn(
  params: Parameters<'start_time' | 'end_time'>,
  fallback: Range,
): Range {
  const startMs = params.time('start_time') ?? fallback.startMs;
  const endMs = params.time('end_time') ?? fallback.endMs;
  if (startMs < endMs) return { startMs, endMs };
  throw new HttpError(
    'InputError',
    `start_time must be before end_time, got ${printed(startMs)} and ${printed(endMs)}; not given they are ${printed(fallback.startMs)} and ${printed(fallback.endMs)}`,
  );
}

function printed(ms: number): string {
  return new Date(ms).toISOString();
}
