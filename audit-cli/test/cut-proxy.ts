import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** A TCP hop before a service that can be cut. */
export interface CutProxy {
  url: string;
  /** Resolves when somebody is connected. */
  connected(): Promise<void>;
  /** Drops all connections, and new ones as they come. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

export async function startCutProxy(target: string): Promise<CutProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let isUp = true;
  const server = createServer((socket) => {
    if (!isUp) {
      socket.destroy();
      return;
    }
    const upstream = connect(Number(port), hostname);
    const ends = [socket, upstream];
    for (const end of ends) {
      sockets.add(end);
      end.on('error', () => undefined);
      end.on('close', () => {
        sockets.delete(end);
        ends.forEach((one) => one.destroy());
      });
    }
    socket.pipe(upstream).pipe(socket);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const cut = () => {
    isUp = false;
    sockets.forEach((socket) => socket.destroy());
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async connected() {
      while (sockets.size === 0)
        await new Promise((resolve) => setTimeout(resolve, 10));
    },
    cut,
    mend: () => void (isUp = true),
    async close() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
