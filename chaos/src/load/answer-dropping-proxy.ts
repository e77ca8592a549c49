import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { Random } from '../seeded-random';

/** A TCP proxy before a receiver that loses answers. */
export interface AnswerDroppingProxy {
  url: string;
  /** Answers 200 that were lost so far. */
  dropped(): number;
  close(): Promise<void>;
}

export interface ProxyOptions {
  /** Of the receiver, on this machine. */
  port: number;
  /** How many of the answers 200 are lost, from 0 to 1. */
  fraction: number;
  random: Random;
}

const SUCCESS = 'HTTP/1.1 200 ';

/**
 * Passes requests on. Some of the answers 200 it swallows, and cuts the connection: the receiver has committed and
 * thinks that it was heard, the sender knows nothing. A sender must not send its next request before the answer.
 */
export async function startAnswerDroppingProxy(
  options: ProxyOptions,
): Promise<AnswerDroppingProxy> {
  const sockets = new Set<Socket>();
  let dropped = 0;

  function isLost(answer: Buffer): boolean {
    const isSuccess = answer.toString('latin1', 0, SUCCESS.length) === SUCCESS;
    return isSuccess && options.random() < options.fraction;
  }

  const server = createServer((client) => {
    const receiver = connect(options.port, '127.0.0.1');
    for (const [socket, other] of [
      [client, receiver],
      [receiver, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    client.pipe(receiver);
    receiver.on('data', (answer) => {
      if (isLost(answer)) {
        dropped += 1;
        client.destroy();
      } else client.write(answer);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    dropped: () => dropped,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
