import { freePort } from '../../../src/free-port';
import { startChild } from '../../../src/child';
import type { Child } from '../../../src/child';

/** A collector-receiver in a process of its own, that can go away and come back on the same port. */
export interface Receiver {
  url: string;
  start(): Promise<void>;
  /** SIGTERM, if it runs. */
  stop(): Promise<void>;
}

/** A receiver that runs. */
export async function startReceiver(
  env: Record<string, string>,
  protocol: 'http' | 'https' = 'http',
): Promise<Receiver> {
  const port = await freePort();
  const url = `${protocol}://127.0.0.1:${port}`;
  let child: Child | undefined;
  const receiver = {
    url,
    async start() {
      child = startChild('collector-receiver/dist/main.js', [], {
        AUDIT_RECEIVER_HTTP_PORT: String(port),
        AUDIT_RECEIVER_GRPC_PORT: '0',
        ...env,
      });
      await child.prints('listening on');
    },
    async stop() {
      await child?.kill('SIGTERM');
      child = undefined;
    },
  };
  await receiver.start();
  return receiver;
}
