import { once } from 'node:events';
import { Agent } from 'node:http';
import { newLedger } from './ledger';
import type { SenderLedger } from './ledger';
import type { Origin } from './plan-request';
import { sendOn } from './send-on';

/** Senders at work. */
export interface Load {
  ledgers: readonly SenderLedger[];
  /** Resolves with the next answer 200; rejects when a sender fails. */
  nextAcknowledged: () => Promise<void>;
  /** Has each sender finish its request; rejects when one fails. */
  stop: () => Promise<void>;
  /** Gives up what is under way. */
  abandon: () => Promise<void>;
}

/** Half of them send protobuf, half JSON. */
const SENDERS = 8;

/**
 * Starts to send, each sender one request after the other.
 *
 * @param url such as `http://127.0.0.1:4318`
 */
export function startLoad(origin: Origin, url: string): Load {
  const ledgers = Array.from({ length: SENDERS }, (_, i) => newLedger(i));
  const agent = new Agent({ keepAlive: true });
  const stop = new AbortController();
  const interrupt = new AbortController();
  const acknowledged = new EventTarget();
  const senders = ledgers.map((ledger) =>
    sendOn({
      origin,
      ledger,
      url,
      agent,
      onAcknowledged: () => acknowledged.dispatchEvent(new Event('200')),
      stop: stop.signal,
      interrupt: interrupt.signal,
    }),
  );
  const done = Promise.all(senders);
  // Whoever waits for it next hears of a failure.
  done.catch(() => undefined);
  return {
    ledgers,
    async nextAcknowledged() {
      await Promise.race([once(acknowledged, '200'), done]);
    },
    async stop() {
      stop.abort();
      await done;
    },
    async abandon() {
      stop.abort();
      interrupt.abort();
      await Promise.allSettled(senders);
      agent.destroy();
    },
  };
}
