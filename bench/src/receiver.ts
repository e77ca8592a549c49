import { join } from 'node:path';
import { freePort } from './free-port';
import { startServiceChild } from './service-child';
import type { ServiceChild } from './service-child';

/** As docker-compose.yml starts it. */
const FLAGS = ['--max-semi-space-size=4'];

/**
 * Starts the built receiver on a database and waits until it is ready.
 *
 * @param nodeFlags such as `--cpu-prof`
 * @throws when it ends before that
 */
export async function startReceiver(
  databaseUrl: string,
  nodeFlags: string[] = [],
): Promise<ServiceChild> {
  const main = join(__dirname, '../../collector-receiver/dist/main.js');
  const port = await freePort();
  return startServiceChild([...FLAGS, ...nodeFlags, main], port, {
    AUDIT_DATABASE_URL: databaseUrl,
    AUDIT_RECEIVER_HTTP_PORT: String(port),
    AUDIT_RECEIVER_GRPC_PORT: '0',
  });
}
