import type { Queryable } from '../queryable';
import { selectStreams } from './select-streams';
import type { StreamRow } from './select-streams';

/** Ranges, gaps and duplicates that are listed; their numbers are exact all the same. */
const DETAILS_SHOWN = 1_000;

/**
 * One stream, undefined when nothing is known of it.
 *
 * @param id a UUID
 * @throws what the database throws
 * @example
 * const stream = await findStream(client, '01980f5e-7c1a-7b3e-9d52-5f0a6b1c2d3e', 900_000);
 */
export async function findStream(
  db: Queryable,
  id: string,
  silentAfterMs: number,
): Promise<StreamRow | undefined> {
  const [row] = await selectStreams(db, {
    silentAfter: '$1',
    shown: '$2',
    where: ['id = $3::uuid'],
    limit: '1',
    values: [silentAfterMs, DETAILS_SHOWN, id],
  });
  return row;
}
