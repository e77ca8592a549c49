import type { Parameters } from './parameters';

export const DEFAULT_LIMIT = 100;
export const MAX_LIMIT = 1_000;

/**
 * How many rows a page has at most, by the parameter `limit`.
 *
 * @throws HttpError `InputError` for a number out of bounds: it is never moved to the bound
 */
export function limitIn(params: Parameters<'limit'>): number {
  return (
    params.wholeNumber('limit', { min: 1, max: MAX_LIMIT }) ?? DEFAULT_LIMIT
  );
}
