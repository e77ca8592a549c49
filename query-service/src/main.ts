import { pino } from 'pino';
import { loadConfig } from './config';
import { readConfigFile } from './config-file';
import { startQueryService } from './start';

const logger = pino({ name: 'query-service' });

async function main(): Promise<void> {
  const config = loadConfig(process.env, readConfigFile(process.env));
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
