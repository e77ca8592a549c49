import { expectedSchemaVersion, schemaVersion } from 'audit-event/store';
import type { Queryable } from 'audit-event/store';

/**
 * Why this release cannot work on the database's schema, or undefined when it can.
 *
 * @throws when the database cannot be asked
 */
export async function schemaProblem(
  db: Queryable,
): Promise<string | undefined> {
  const actual = await schemaVersion(db);
  const expected = expectedSchemaVersion();
  if (actual === expected) return undefined;
  const remedy =
    actual < expected
      ? 'start collector-receiver of this release, which brings the schema up to date'
      : 'run the query-service of the release that migrated it';
  return `the schema version of the database is ${actual}, this release expects ${expected}; ${remedy}`;
}
