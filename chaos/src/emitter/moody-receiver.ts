import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzip } from 'node:zlib';
import { protobuf } from 'collector-receiver';
import { between, oneOf } from '../seeded-random';
import type { Random } from '../seeded-random';

/** `away`: connections end as soon as they are there. `deaf`: it takes the records, and the connection ends before the answer. */
const moods = ['up', 'up', 'away', 'refusing', 'deaf'] as const;
type Mood = (typeof moods)[number];

/** How long a mood lasts, in milliseconds. */
const SHORTEST_MS = 100;
const LONGEST_MS = 800;

/** An HTTP receiver that is there half of the time. */
export interface MoodyReceiver {
  url: string;
  /** Takes everything from now on. */
  relent(): Promise<void>;
  /** Requests by what became of them. */
  requests(): Record<'taken' | 'refused' | 'unanswered', number>;
  close(): Promise<void>;
}

/** The records of a request, each as a log record of its own. */
export type Records = Extract<
  ReturnType<typeof protobuf.decode>,
  { status: 'decoded' }
>['records'];

const inflate = promisify(gunzip);

/**
 * Starts one on this machine.
 *
 * @param onTaken told of all records that it took, before their sender is
 */
export async function startMoodyReceiver(
  random: Random,
  onTaken: (records: Records) => void,
): Promise<MoodyReceiver> {
  const counts = { taken: 0, refused: 0, unanswered: 0 };
  const end = new AbortController();
  let mood: Mood = 'up';

  async function receive(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>)
      chunks.push(chunk);
    if (mood === 'refusing') {
      counts.refused += 1;
      response.writeHead(503).end();
      return;
    }
    const decoded = protobuf.decode(await inflate(Buffer.concat(chunks)));
    if (decoded.status !== 'decoded') throw new Error(decoded.reason);
    onTaken(decoded.records);
    counts[mood === 'up' ? 'taken' : 'unanswered'] += 1;
    if (mood === 'up') response.end();
    else request.socket.destroy();
  }

  const server = createServer((request, response) => {
    receive(request, response).catch((error: unknown) => {
      // A sender that was killed in the midst of its request.
      if (request.errored) return;
      console.error(`the receiver cannot read a request: ${String(error)}`);
      response.writeHead(400).end();
    });
  });

  // A port that is given up and taken again could be somebody else's meanwhile.
  server.on('connection', (socket) => {
    if (mood === 'away') socket.destroy();
  });

  function enter(next: Mood): void {
    mood = next;
    if (next === 'away') server.closeAllConnections();
  }

  async function changeMoods(): Promise<void> {
    const { signal } = end;
    while (!signal.aborted) {
      enter(oneOf(random, moods));
      const ms = between(random, SHORTEST_MS, LONGEST_MS);
      await sleep(ms, undefined, { signal }).catch(() => undefined);
    }
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const changing = changeMoods();
  return {
    url: `http://127.0.0.1:${port}`,
    async relent() {
      end.abort();
      await changing;
      enter('up');
    },
    requests: () => counts,
    async close() {
      end.abort();
      await changing;
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
