import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { Client } from 'pg';

export interface Proxy {
  /** The database as it is seen through the proxy. */
  url: string;
  /** Drops all connections, and new ones as they come. */
  cut(): void;
  /** Lets new connections through again. */
  mend(): void;
  close(): Promise<void>;
}

/** A TCP hop before Postgres that can be cut. */
export async function startProxy(databaseUrl: string): Promise<Proxy> {
  const { host, port } = new Client({ connectionString: databaseUrl });
  const dial = () =>
    host.startsWith('/')
      ? connect(`${host}/.s.PGSQL.${port}`)
      : connect(port, host);
  const sockets = new Set<Socket>();
  let up = true;

  const server = createServer((socket) => {
    if (!up) {
      socket.destroy();
      return;
    }
    const upstream = dial();
    const ends = [socket, upstream];
    for (const end of ends) {
      sockets.add(end);
      end.on('error', () => undefined);
      end.on('close', () => ends.forEach((one) => one.destroy()));
    }
    socket.pipe(upstream).pipe(socket);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));

  const url = new URL(databaseUrl);
  url.searchParams.delete('host');
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const cut = () => {
    up = false;
    sockets.forEach((socket) => socket.destroy());
  };
  return {
    url: url.href,
    cut,
    mend() {
      up = true;
    },
    async close() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
