import type { EventSource } from '../audit-event';
import type { Queryable } from './queryable';

/**
 * Keeps the sources of events, each distinct one once.
 *
 * @param sources under their ids
 * @returns the ids
 */
export async function insertResources(
  db: Queryable,
  sources: ReadonlyMap<bigint, EventSource>,
): Promise<bigint[]> {
  const ids = [...sources.keys()];
  const distinct = [...sources.values()];
  if (ids.length === 0) return ids;
  // Ordered, so that two batches never wait for each other crosswise.
  await db.query(
    `insert into audit.resource (id, attributes, scope_name, scope_version)
     select id, attributes, scope_name, scope_version
     from unnest($1::bigint[], $2::jsonb[], $3::text[], $4::text[])
       as source (id, attributes, scope_name, scope_version)
     order by id
     on conflict do nothing`,
    [
      ids.map(String),
      distinct.map(({ resource }) => JSON.stringify(resource)),
      distinct.map(({ scopeName }) => scopeName ?? null),
      distinct.map(({ scopeVersion }) => scopeVersion ?? null),
    ],
  );
  return ids;
}
