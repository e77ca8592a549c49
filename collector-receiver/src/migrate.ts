import { pino } from 'pino';
import { loadConfig } from './config';
import { readConfigFile } from './config-file';
import { prepareDatabase } from './prepare-database';

// Brings the schema and the rights of the roles up to date, and ends: for a receiver whose own role may not.
const logger = pino({ name: 'migrate' });

prepareDatabase(
  loadConfig(process.env, readConfigFile(process.env)).databaseUrl,
  logger,
).then(
  () => logger.info('the database is up to date'),
  (error: unknown) => {
    logger.fatal({ err: error }, String(error));
    process.exitCode = 1;
  },
);
