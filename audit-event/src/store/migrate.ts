import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inTransaction } from './queryable';
import type { Queryable } from './queryable';

/** The same path from `src/store` and from `dist/store`. */
const SQL_DIRECTORY = join(__dirname, '..', '..', 'sql');

const ROLES_FILE = 'roles.sql';

/** Any number that nothing else in the database locks. */
const MIGRATION_LOCK = 74_204_318;

/** The migrations that this code brings, in order. */
function migrations(): { version: number; sql: string }[] {
  return readdirSync(SQL_DIRECTORY)
    .filter((file) => /^\d{6}\.sql$/.test(file))
    .sort()
    .map((file) => ({
      version: Number(file.slice(0, 6)),
      sql: readSql(file),
    }));
}

function readSql(file: string): string {
  return readFileSync(join(SQL_DIRECTORY, file), 'utf8');
}

/** The schema version that this code was written for. */
export function expectedSchemaVersion(): number {
  return migrations().at(-1)!.version;
}

/**
 * The schema version of a database, 0 when it has no audit schema yet.
 *
 * @example
 * if ((await schemaVersion(pool)) < expectedSchemaVersion()) notReady();
 */
export async function schemaVersion(db: Queryable): Promise<number> {
  const { rows: found } = await db.query(
    `select to_regclass('audit.migration') is not null as exists`,
  );
  if (!found[0].exists) return 0;
  const { rows } = await db.query(
    `select coalesce(max(version), 0)::int as version from audit.migration`,
  );
  return rows[0].version as number;
}

/**
 * Brings the schema up to date, and what the roles of the services may do in it. Forward only; safe to run twice, and from several
 * processes at once: they wait for each other. Needs one connection, not a pool, because the lock belongs to the session.
 *
 * @returns the versions applied now, empty when there was nothing to do
 * @throws when the database is newer than this code, or a migration fails (nothing of that migration stays)
 * @example
 * await migrate(client); // [1]
 */
export async function migrate(db: Queryable): Promise<number[]> {
  await db.query(`select pg_advisory_lock($1::bigint)`, [MIGRATION_LOCK]);
  try {
    return await applyMissing(db);
  } finally {
    await db.query(`select pg_advisory_unlock($1::bigint)`, [MIGRATION_LOCK]);
  }
}

async function applyMissing(db: Queryable): Promise<number[]> {
  const current = await schemaVersion(db);
  const expected = expectedSchemaVersion();
  if (current > expected)
    throw new Error(
      `cannot use this database: its schema version is ${current}, this release knows ${expected}; run the release that migrated it, or a newer one`,
    );
  const missing = migrations().filter(({ version }) => version > current);
  for (const { version, sql } of missing) {
    await inTransaction(db, async () => {
      if (version === 1) await createMigrationTable(db);
      await db.query(sql);
      await db.query(
        `insert into audit.migration (version) values ($1::integer)`,
        [version],
      );
      // With the last one: a version that is there has its grants.
      if (version === expected) await grantToRoles(db);
    });
  }
  return missing.map(({ version }) => version);
}

/**
 * Makes the roles of `sql/roles.sql` and says what they may. A role that may not make them grants to those that are there;
 * where one is missing, whoever wants them runs the file by hand.
 */
async function grantToRoles(db: Queryable): Promise<void> {
  const { rows } = await db.query(
    `select bool_or(rolsuper or rolcreaterole) filter (where rolname = current_user)
       or count(*) filter (where rolname in ('audit_receiver', 'audit_query', 'audit_reader')) = 3 as may
     from pg_roles`,
  );
  if (rows[0].may) await db.query(readSql(ROLES_FILE));
}

async function createMigrationTable(db: Queryable): Promise<void> {
  await db.query(`create schema if not exists audit`);
  await db.query(`
    create table audit.migration (
      version integer primary key,
      applied_at timestamptz not null default now()
    )`);
}
