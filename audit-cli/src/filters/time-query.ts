import { momentOf } from './moment';

export interface TimeOptions {
  since?: string | undefined;
  until?: string | undefined;
}

/**
 * Adds `--since` and `--until` to a query as the range that it asks for.
 *
 * @throws Failure wrong usage
 */
export function timeQuery(
  query: URLSearchParams,
  { since, until }: TimeOptions,
  nowMs: number,
): void {
  if (since !== undefined)
    query.set('start_time', momentOf('--since', since, nowMs));
  if (until !== undefined)
    query.set('end_time', momentOf('--until', until, nowMs));
}
