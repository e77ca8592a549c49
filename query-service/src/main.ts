import { pino } from 'pino';
import { loadConfig } from './config';
import { readConfigFile } from './config-file';
import { withSecretFiles } from './secret-files';
import { startQueryService } from './start';

const logger = pino({ name: 'query-service' });

async function main(): Promise<void> {
  const env = withSecretFiles(process.env);
  const config = loadConfig(env, readConfigFile(env));
  const service = await startQueryService(config, { logger });
  logger.info(`listening on ${service.url}`);

  const signal = await new Promise<string>((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
  logger.info(`${signal}: answering what has been asked, then stopping`);
  await service.close();
}

main().catch((error: unknown) => {
  logger.fatal({ err: error }, String(error));
  process.exitCode = 1;
});
