import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** A TCP proxy that can go silent. */
export interface Proxy {
  port: number;
  /** From now on nothing passes, and nobody is told: as when a machine or a network is gone. */
  goSilent(): void;
  /** Passes again; what was said meanwhile is lost. */
  recover(): void;
  close(): Promise<void>;
}

/**
 * Passes connections on to another server.
 *
 * @param port to listen on, such as that of a proxy that was closed; any free one by default
 * @example
 * const proxy = await startProxy({ host: '127.0.0.1', port: 5432 });
 */
export async function startProxy(
  target: { host: string; port: number } | { path: string },
  port = 0,
): Promise<Proxy> {
  const sockets = new Set<Socket>();
  let silent = false;
  const server = createServer((client) => {
    const upstream = connect(target);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on('error', () => undefined);
      from.on('data', (chunk) => {
        if (!silent) to.write(chunk);
      });
      from.on('close', () => {
        sockets.delete(from);
        if (!silent) to.destroy();
      });
    }
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    goSilent: () => (silent = true),
    recover: () => (silent = false),
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
