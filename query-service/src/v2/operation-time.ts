import { timeOfUuid } from 'audit-event';
import { HttpError } from '../http-error';
import { utcTime } from '../http/parameter-table';
import { readParameters } from '../http/parameters';
import { rangeIn } from '../http/range';
import type { Range } from '../http/range';

/** Clocks of one operation's records may be so far apart. */
const BEFORE_MS = 60_000;
/** How long operations may take whose end is not asked for by `end_time`. */
const DEFAULT_DURATION_MS = 60 * 60 * 1_000;

export const operationTimeParameters = {
  start_time: utcTime(
    'Where to begin to look; needed for an id that is no UUID of version 7, which says it itself',
  ),
  end_time: utcTime('Where to end; an hour later when not given'),
};

/**
 * Where in time an event or the records of an operation are to be looked for: from the id, which in version 7 says when it began,
 * or from the query.
 *
 * @throws HttpError `InputError` when neither says it, or the query says it wrongly
 * @example
 * operationTime('01980f5e-7c1a-7b3e-9d52-5f0a6b1c2d3e', new URLSearchParams());
 */
export function operationTime(id: string, query: URLSearchParams): Range {
  const params = readParameters(query, operationTimeParameters);
  const began = timeOfUuid(id);
  const startMs =
    began === undefined ? params.time('start_time') : began - BEFORE_MS;
  if (startMs === undefined)
    throw new HttpError(
      'InputError',
      'start_time must be given for an id that is no version 7 UUID, which would say when it was made',
    );
  const endMs = (began ?? startMs) + DEFAULT_DURATION_MS;
  return rangeIn(params, { startMs, endMs });
}
