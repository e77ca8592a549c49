import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../seeded-random';
import { createForwarder } from './forward';

/** What can be wrong with a hop. */
export type Trouble =
  'latency' | 'reset' | 'half-open' | 'drop-answers' | 'unavailable';

/** One hop of the pipeline: passes requests on to the servers behind it, in turn, and can be troubled. */
export interface FaultProxy {
  url: string;
  /** Troubles the hop until the function that it returns is called. */
  trouble(what: Trouble, strength: number): () => void;
  /** Resolves when the next answer 200 has been passed on. */
  nextAnswer(): Promise<void>;
  /** How many answers 200 were passed on, and how many were kept back. */
  counts(): { answered: number; dropped: number };
  close(): void;
}

const MAX_LATENCY_MS = 3_000;
/** How many requests a trouble strikes that does not strike all. */
const SOME = 0.5;

/** Starts a hop on a free port of this machine. */
export async function startFaultProxy(
  ports: readonly number[],
  random: Random,
): Promise<FaultProxy> {
  const forwarder = createForwarder(ports);
  const troubles = new Map<Trouble, number[]>();
  const sockets = new Set<Socket>();
  const stuck = new Set<Socket>();
  let waiting: (() => void)[] = [];
  let answered = 0;
  let dropped = 0;
  const has = (what: Trouble) => (troubles.get(what)?.length ?? 0) > 0;

  async function pass(
    request: IncomingMessage,
    answer: ServerResponse,
  ): Promise<void> {
    const { socket } = request;
    const body = Buffer.concat(await request.toArray());
    const isHalfOpen = has('half-open');
    if (isHalfOpen) stuck.add(socket);
    if (isHalfOpen && random() < SOME) return;
    if (has('reset') && random() < SOME) return void socket.resetAndDestroy();
    if (has('unavailable'))
      return void answer
        .writeHead(503, random() < SOME ? { 'retry-after': '1' } : {})
        .end();
    const delays = troubles.get('latency') ?? [];
    await sleep(Math.max(0, ...delays) * random() * MAX_LATENCY_MS);
    const reply = await forwarder.forward(request, body);
    if (reply.status === 'failed') return void socket.destroy();
    if (isHalfOpen || stuck.has(socket)) return;
    if (has('reset') && random() < SOME) return void socket.resetAndDestroy();
    const isTaken = reply.code === 200;
    if (isTaken && has('drop-answers') && random() < SOME) {
      dropped += 1;
      return void socket.destroy();
    }
    answer.writeHead(reply.code, reply.headers).end(reply.body);
    if (isTaken) passedOn();
  }

  function passedOn(): void {
    answered += 1;
    for (const resolve of waiting) resolve();
    waiting = [];
  }

  const server = createServer((request, answer) => {
    // Whoever asked is gone.
    pass(request, answer).catch(() => request.socket.destroy());
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      sockets.delete(socket);
      stuck.delete(socket);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    trouble(what, strength) {
      const all = troubles.get(what) ?? [];
      troubles.set(what, all);
      all.push(strength);
      if (what === 'reset')
        for (const socket of sockets) socket.resetAndDestroy();
      return () => {
        all.splice(all.indexOf(strength), 1);
        // The other side has come back and does not know these connections.
        if (!has('half-open'))
          for (const socket of stuck) socket.resetAndDestroy();
      };
    },
    nextAnswer: () => new Promise((resolve) => waiting.push(resolve)),
    counts: () => ({ answered, dropped }),
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      forwarder.close();
    },
  };
}
