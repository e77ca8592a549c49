import { wholeNumber } from '../http/parameter-table';
import type { Parameters } from '../http/parameters';

/** Seconds after which a stream that has not ended and was not heard from counts as silent. */
export const DEFAULT_SILENT_AFTER_S = 900;
const BOUNDS_S = { min: 1, max: 365 * 24 * 60 * 60 };

export const silentAfterParameter = wholeNumber(
  'Seconds after which a stream that has not ended and was not heard from counts as silent',
  BOUNDS_S,
  DEFAULT_SILENT_AFTER_S,
);

/** The parameter `silent_after`, in milliseconds. */
export function silentAfterMs(params: Parameters<'silent_after'>): number {
  const seconds =
    params.wholeNumber('silent_after', BOUNDS_S) ?? DEFAULT_SILENT_AFTER_S;
  return seconds * 1_000;
}
