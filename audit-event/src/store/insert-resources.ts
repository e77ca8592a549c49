import type { EventSource } from '../audit-event';
import type { Queryable } from './queryable';

/**
 * Keeps the sources of events, each distinct one once.
 *
 * @param sources under their ids
 */
export async function insertResources(
  db: Queryable,
  sources: ReadonlyMap<bigint, EventSource>,
): Promise<void> {
  const ids = [...sources.keys()];
  const distinct = [...sources.values()];
  if (ids.length === 0) return;
  // Ordered, so that two batches never wait for each other crosswise.
  await db.query(
    `insert into audit.resource (
       id, attributes, schema_url, scope_name, scope_version, scope_attributes, scope_schema_url
     )
     select id, attributes, schema_url, scope_name, scope_version, scope_attributes, scope_schema_url
     from unnest($1::bigint[], $2::jsonb[], $3::text[], $4::text[], $5::text[], $6::jsonb[], $7::text[])
       as source (id, attributes, schema_url, scope_name, scope_version, scope_attributes, scope_schema_url)
     order by id
     on conflict do nothing`,
    [
      ids.map(String),
      distinct.map(({ resource }) => JSON.stringify(resource)),
      distinct.map(({ schemaUrl }) => schemaUrl ?? null),
      distinct.map(({ scopeName }) => scopeName ?? null),
      distinct.map(({ scopeVersion }) => scopeVersion ?? null),
      distinct.map(({ scopeAttributes }) =>
        scopeAttributes ? JSON.stringify(scopeAttributes) : null,
      ),
      distinct.map(({ scopeSchemaUrl }) => scopeSchemaUrl ?? null),
    ],
  );
}
