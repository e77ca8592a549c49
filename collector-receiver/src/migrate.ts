import { ensureLogin } from 'audit-event/store';
import type { Login } from 'audit-event/store';
import { pino } from 'pino';
import { openConnection } from './commit/connection';
import { loadConfig } from './config';
import { readConfigFile } from './config-file';
import { loginsOf } from './logins';
import { prepareDatabase } from './prepare-database';
import { withSecretFiles } from './secret-files';

// Brings the schema and the rights of the roles up to date, makes the logins of the services, and ends: for services whose own
// roles may not.
const logger = pino({ name: 'migrate' });

async function main(): Promise<void> {
  const env = withSecretFiles(process.env);
  const file = readConfigFile(env);
  const { databaseUrl } = loadConfig(env, file);
  const logins = loginsOf(env, file);
  await prepareDatabase(databaseUrl, logger);
  if (logins.length > 0) await makeLogins(databaseUrl, logins);
  logger.info('the database is up to date');
}

async function makeLogins(
  databaseUrl: string,
  logins: readonly Login[],
): Promise<void> {
  const db = await openConnection(databaseUrl);
  try {
    for (const login of logins) {
      await ensureLogin(db, login);
      logger.info(`${login.user} may log in as ${login.group}`);
    }
  } finally {
    await db.end();
  }
}

main().catch((error: unknown) => {
  logger.fatal({ err: error }, String(error));
  process.exitCode = 1;
});
