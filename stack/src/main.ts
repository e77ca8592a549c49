import { parseArgs } from 'node:util';
import { withSecretFiles as withReceiverSecrets } from 'collector-receiver';
import {
  readConfigFile,
  withSecretFiles as withQuerySecrets,
} from 'query-service';
import { pino } from 'pino';
import { banner } from './banner';
import { loadConfig } from './config';
import { sendDemoEvents } from './demo';
import { startStack } from './start-stack';

const USAGE = `npm start -- [--new-token] [--help]

  --new-token  makes new tokens for the API and the administrator in place of those there are, and prints them once;
               one that AUDIT_API_TOKEN or AUDIT_ADMIN_TOKEN sets stays as it is

npm run demo sends events of a real Backstage backend as well. Settings: docs/settings.md`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      demo: { type: 'boolean', default: false },
      'new-token': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  // Standard output is for the links; what goes wrong is told on standard error.
  const logger = pino({ level: 'info' }, pino.destination(2));
  const env = withQuerySecrets(withReceiverSecrets(process.env));
  const config = loadConfig(env, readConfigFile(env));
  const starting = startStack(config, {
    logger,
    renewToken: values['new-token'],
  });
  // From the beginning: a Ctrl-C while it starts must not leave a server behind.
  stopOnSignal(async () => (await starting).close());
  const stack = await starting;
  if (values.demo) console.log(await sendDemoEvents(stack));
  console.log(banner(stack));
}

/** The first signal stops in order, a second one at once. */
function stopOnSignal(close: () => Promise<void>): void {
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(1);
    stopping = true;
    close().then(
      () => process.exit(0),
      (error: Error) => {
        console.error(error.message);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
