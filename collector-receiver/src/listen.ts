import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';

export interface ListenOptions {
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** The setting that names the port, for the message. */
  portSetting: string;
  scheme: 'http' | 'https';
}

/**
 * Listens.
 *
 * @returns where, such as `http://127.0.0.1:4318`
 * @throws when the address cannot be had
 */
export async function listen(
  server: Server,
  { host, port, portSetting, scheme }: ListenOptions,
): Promise<string> {
  server.listen(port, host);
  await once(server, 'listening').catch((cause: Error) => {
    throw new Error(
      `cannot start: cannot listen on AUDIT_RECEIVER_HOST ${host}, ${portSetting} ${port}: ${cause.message}`,
      { cause },
    );
  });
  const name = host.includes(':') ? `[${host}]` : host;
  return `${scheme}://${name}:${(server.address() as AddressInfo).port}`;
}
