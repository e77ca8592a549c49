import type { AuditEvent, EventSource } from '../audit-event';
import type { Queryable } from './queryable';
import { resourceIdOf } from './resource-id';

/** Keeps the sources of events, each distinct one once. */
export async function insertResources(
  db: Queryable,
  events: AuditEvent[],
): Promise<void> {
  const sources = new Map<bigint, EventSource>();
  for (const { source } of events)
    if (source) sources.set(resourceIdOf(source)!, source);
  if (sources.size === 0) return;
  const distinct = [...sources.values()];
  const ids = [...sources.keys()];
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
}
