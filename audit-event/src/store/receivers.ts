import type { Queryable } from './queryable';

/**
 * Registers a writing connection of a receiver. Its batches are numbered from 1 without a gap; a new connection is a
 * new registration, so a commit whose outcome got lost never leaves the numbering in doubt.
 *
 * @param instance host and process, for people
 * @returns the id that its batches carry
 */
export async function registerReceiver(
  db: Queryable,
  instance: string,
  version: string,
): Promise<number> {
  const { rows } = await db.query(
    `insert into audit.receiver (instance, version) values ($1::text, $2::text) returning id`,
    [instance, version],
  );
  return rows[0].id as number;
}
