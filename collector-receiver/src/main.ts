import { pino } from 'pino';
import { loadConfig } from './config';
import { readConfigFile } from './config-file';
import { runReceiver } from './run';
import { withSecretFiles } from './secret-files';

const logger = pino({ name: 'collector-receiver' });

async function main(): Promise<void> {
  const env = withSecretFiles(process.env);
  const config = loadConfig(env, readConfigFile(env));
  const receiver = await runReceiver(config, logger);
  logger.info(
    `listening on ${receiver.url} for OTLP/HTTP and on ${receiver.grpcUrl} for OTLP/gRPC`,
  );

  const signal = await new Promise<string>((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
  logger.info(`${signal}: committing what was accepted, then stopping`);
  await receiver.close();
}

main().catch((error: unknown) => {
  logger.fatal({ err: error }, String(error));
  process.exitCode = 1;
});
