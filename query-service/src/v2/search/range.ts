import { DEFAULT_RANGE_MS } from '../../v1/parse-query';

/** A range of times, in milliseconds since 1970, both ends inclusive. */
export interface Range {
  startMs: number;
  endMs: number;
}

/** The thirty days up to now. */
export function lastDays(): Range {
  const endMs = Date.now();
  return { startMs: endMs - DEFAULT_RANGE_MS, endMs };
}

/** All times that an event can have, whatever its clock says. */
export const ALL_TIMES: Range = {
  startMs: 0,
  endMs: Date.UTC(9999, 11, 31, 23, 59, 59, 999),
};
