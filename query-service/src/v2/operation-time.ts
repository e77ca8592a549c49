import { timeOfUuid } from 'audit-event';
import { HttpError } from '../http-error';
import { readParameters } from './parameters';

/** Clocks of one operation's records may be so far apart. */
const BEFORE_MS = 60_000;
/** How long operations may take whose end is not asked for by `end_time`. */
export const DEFAULT_DURATION_MS = 60 * 60 * 1_000;

/**
 * Where in time an event or the records of an operation are to be looked for: from the id, which in version 7 says when it began,
 * or from the query.
 *
 * @throws HttpError `InputError` when neither says it, or the query says it wrongly
 * @example
 * operationTime('01980f5e-7c1a-7b3e-9d52-5f0a6b1c2d3e', new URLSearchParams());
 */
export function operationTime(
  id: string,
  query: URLSearchParams,
): { startMs: number; endMs: number } {
  const params = readParameters(query, ['start_time', 'end_time']);
  const began = timeOfUuid(id);
  const startMs =
    params.time('start_time') ??
    (began === undefined ? undefined : began - BEFORE_MS);
  if (startMs === undefined)
    throw new HttpError(
      'InputError',
      'start_time must be given for an id that is no version 7 UUID, which would say when it was made',
    );
  const endMs =
    params.time('end_time') ?? (began ?? startMs) + DEFAULT_DURATION_MS;
  if (startMs >= endMs)
    throw new HttpError('InputError', 'start_time must be before end_time');
  return { startMs, endMs };
}
