import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { isJsonObject } from 'audit-event';
import type { LogRecord } from 'audit-event';
import { protobuf } from 'collector-receiver';

/** An HTTP receiver that can be away, and knows which events it got. */
export interface ReceiverWithOutages {
  url: string;
  /** Nobody listens any more. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  /** All events before this one have arrived. */
  firstMissing(): number;
  /** How many events arrived, each counted once. */
  arrived(): number;
}

const inflate = promisify(gunzip);

/** Starts one on a free port. Events are told apart by the number `n` among their attributes or in their meta. */
export async function startReceiverWithOutages(): Promise<ReceiverWithOutages> {
  const beyond = new Set<number>();
  let first = 0;

  function add(n: number): void {
    if (n < first) return;
    beyond.add(n);
    while (beyond.delete(first)) first += 1;
  }

  async function receive(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>)
      chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const isGzip = request.headers['content-encoding'] === 'gzip';
    const decoded = protobuf.decode(isGzip ? await inflate(body) : body);
    if (decoded.status !== 'decoded') throw new Error(decoded.reason);
    for (const read of decoded.records)
      if (read.status === 'read') {
        const n = numberOf(read.record);
        if (n !== undefined) add(n);
      }
    response.end();
  }

  const server = createServer((request, response) => {
    receive(request, response).catch(() => request.socket.destroy());
  });
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const port = await listen(0);
  return {
    url: `http://127.0.0.1:${port}`,
    async goAway() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
    async comeBack() {
      await listen(port);
    },
    firstMissing: () => first,
    arrived: () => first + beyond.size,
  };
}

function numberOf({ attributes }: LogRecord): number | undefined {
  const meta = attributes['audit.meta'];
  const n = attributes['n'] ?? (isJsonObject(meta) ? meta['n'] : undefined);
  return typeof n === 'number' ? n : undefined;
}
