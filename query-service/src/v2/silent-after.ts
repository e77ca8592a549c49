import type { Parameters } from '../http/parameters';

/** Seconds after which a stream that has not ended and was not heard from counts as silent. */
export const DEFAULT_SILENT_AFTER_S = 900;
const YEAR_S = 365 * 24 * 60 * 60;

/** The parameter `silent_after`, in milliseconds. */
export function silentAfterMs(params: Parameters<'silent_after'>): number {
  const bounds = { min: 1, max: YEAR_S };
  const seconds =
    params.wholeNumber('silent_after', bounds) ?? DEFAULT_SILENT_AFTER_S;
  return seconds * 1_000;
}
