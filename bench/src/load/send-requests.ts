import { Agent, request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { runLoad } from '../load-process';
import { numberedRequests } from '../numbered-requests';

/** Requests under way and waiting to be sent again; past it those that wait longest for another attempt are dropped. */
const MAX_OUTSTANDING = 1_000;
/** Before another attempt after a lost connection, as a sender without Retry-After does. */
const LOST_CONNECTION_MS = 1_000;
/** After the end, for the answers to what is under way. */
const LAST_ANSWERS_MS = 10_000;

export interface SendOptions {
  url: string;
  /** Keep-alive connections at most. */
  connections: number;
  /** New requests a second, whatever becomes of the others; absent: each connection sends when it has its answer. */
  perSecond?: number | undefined;
  /** The number of the first request. */
  first: number;
}

export interface SendReport {
  /** Numbers of the requests that were answered 200. */
  acknowledged: number[];
  /** From when a request was due to its 200, all attempts included, in ms. */
  latencies: number[];
  /** Answers by status; `error` where there was none. */
  statuses: Record<string, number>;
}

runLoad(async (options: SendOptions, stopped, begin) => {
  const report: SendReport = { acknowledged: [], latencies: [], statuses: {} };
  const requestOf = numberedRequests();
  const agent = new Agent({
    keepAlive: true,
    maxSockets: options.connections,
  });
  const outstanding = new Set<Promise<void>>();
  const waiting = new Set<AbortController>();
  let next = options.first;

  async function deliver(due: number): Promise<void> {
    const number = next++;
    const body = requestOf(number);
    for (;;) {
      const { status, retryMs } = await post(options.url, agent, body);
      report.statuses[status] = (report.statuses[status] ?? 0) + 1;
      if (status === '200') {
        report.acknowledged.push(number);
        report.latencies.push(performance.now() - due);
        return;
      }
      if (stopped.aborted || !(await pause(retryMs))) return;
    }
  }

  /** Waits for the time and up to half of it more. False when the request is dropped meanwhile. */
  async function pause(ms: number): Promise<boolean> {
    const drop = new AbortController();
    waiting.add(drop);
    const signal = AbortSignal.any([drop.signal, stopped]);
    const delay = ms * (1 + Math.random() / 2);
    return sleep(delay, true, { signal })
      .catch(() => false)
      .finally(() => waiting.delete(drop));
  }

  function send(due: number): Promise<void> {
    if (outstanding.size >= MAX_OUTSTANDING) [...waiting][0]?.abort();
    if (outstanding.size >= MAX_OUTSTANDING + options.connections)
      return Promise.resolve();
    const work = deliver(due).finally(() => outstanding.delete(work));
    outstanding.add(work);
    return work;
  }

  begin();
  if (options.perSecond === undefined) {
    const sender = async () => {
      while (!stopped.aborted) await send(performance.now());
    };
    await Promise.all(Array.from({ length: options.connections }, sender));
  } else {
    const start = performance.now();
    for (let i = 0; !stopped.aborted; i++) {
      const due = start + (i * 1_000) / options.perSecond;
      await sleep(Math.max(0, due - performance.now()));
      void send(due);
    }
  }
  await Promise.race([
    Promise.all(outstanding),
    sleep(LAST_ANSWERS_MS, undefined, { ref: false }),
  ]);
  return report;
});

/** One attempt: its status, and after how many ms another may help. */
function post(
  url: string,
  agent: Agent,
  body: Uint8Array,
): Promise<{ status: string; retryMs: number }> {
  return new Promise((resolve) => {
    const sent = request(
      `${url}/v1/logs`,
      {
        agent,
        method: 'POST',
        headers: {
          'content-type': 'application/x-protobuf',
          'content-length': body.length,
        },
      },
      (answer: IncomingMessage) => {
        answer.resume();
        const retryAfter = Number(answer.headers['retry-after'] ?? 1);
        const status = String(answer.statusCode);
        answer.on('end', () => resolve({ status, retryMs: retryAfter * 1000 }));
        answer.on('error', () => {});
      },
    );
    // An idle connection that was just closed has cost nothing: senders connect again at once.
    sent.on('error', () =>
      resolve({
        status: 'error',
        retryMs: sent.reusedSocket ? 0 : LOST_CONNECTION_MS,
      }),
    );
    sent.end(body);
  });
}
