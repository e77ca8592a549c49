import { migrate, sqlState } from 'audit-event/store';
import { openConnection } from './commit/connection';
import { makeMonths } from './jobs/make-months';
import type { Logger } from './logger';

/** SQLSTATE `insufficient_privilege`. */
const NOT_ALLOWED = '42501';

/**
 * Migrates the database and makes the months ahead.
 *
 * @throws when it cannot be reached, or not be migrated
 */
export async function prepareDatabase(
  databaseUrl: string,
  logger: Logger,
): Promise<void> {
  const db = await openConnection(databaseUrl).catch((cause: Error) => {
    throw new Error(
      `cannot start: cannot reach the database of AUDIT_DATABASE_URL: ${cause.message || cause.name}`,
      { cause },
    );
  });
  try {
    // A migration, and waiting for another process that migrates, takes the time it takes.
    await db.query(`set statement_timeout = 0`);
    const applied = await migrate(db).catch((cause: Error) => {
      if (sqlState(cause) !== NOT_ALLOWED) throw cause;
      throw new Error(
        `cannot start: the role of AUDIT_DATABASE_URL may not migrate the database (${cause.message}); run "node collector-receiver/dist/migrate.js" of this release once as the owner of the schema`,
        { cause },
      );
    });
    if (applied.length > 0) logger.info({ applied }, 'migrated the database');
    await makeMonths(db);
  } finally {
    await db.end();
  }
}
