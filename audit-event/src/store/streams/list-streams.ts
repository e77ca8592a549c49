import type { Queryable } from '../queryable';
import { selectStreams } from './select-streams';
import type { StreamRow } from './select-streams';
import type { StreamState } from './stream-state';

/** Ranges, gaps and duplicates that are listed of each stream; their numbers are exact all the same. */
const DETAILS_SHOWN = 10;

export interface StreamFilter {
  /** Only streams in one of these states. */
  states?: readonly StreamState[] | undefined;
  /** Only streams of this service. */
  serviceName?: string | undefined;
  /** Milliseconds after which a stream that has not ended counts as silent. */
  silentAfterMs: number;
}

export interface StreamPage {
  limit: number;
  /** `position` of the last row of the page before, undefined for the first page. */
  after: string | undefined;
}

/**
 * One page of the streams, those known last first.
 *
 * @throws what the database throws
 * @example
 * const rows = await listStreams(client, { states: ['lost'], silentAfterMs: 900_000 }, { limit: 100, after: undefined });
 */
export async function listStreams(
  db: Queryable,
  { states, serviceName, silentAfterMs }: StreamFilter,
  { limit, after }: StreamPage,
): Promise<StreamRow[]> {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  return selectStreams(db, {
    silentAfter: bind(silentAfterMs),
    shown: bind(DETAILS_SHOWN),
    where: [
      after !== undefined && `position < ${bind(after)}::bigint`,
      states && `state = any (${bind(states)}::text[])`,
      serviceName !== undefined && `service_name = ${bind(serviceName)}::text`,
    ],
    limit: bind(limit),
    values,
  });
}
