import { HttpError } from '../http-error';
import { DEFAULT_RANGE_MS } from '../v1/parse-query';
import type { Parameters } from '../v2/parameters';

/**
 * `start_time` and `end_time`, by default the last 30 days until now.
 *
 * @throws HttpError `InputError`
 */
export function timeRange(params: Parameters<'start_time' | 'end_time'>): {
  startMs: number;
  endMs: number;
} {
  const now = Date.now();
  const startMs = params.time('start_time') ?? now - DEFAULT_RANGE_MS;
  const endMs = params.time('end_time') ?? now;
  if (startMs < endMs) return { startMs, endMs };
  throw new HttpError(
    'InputError',
    'start_time (30 days ago when not given) must be before end_time (now when not given)',
  );
}
