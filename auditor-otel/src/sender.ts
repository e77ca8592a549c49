import type { Post } from './answer';
import { createDelivery } from './deliver';
import type { Refused } from './deliver';
import type { Diagnose } from './diagnostics';
import type { Encoding, EncodingName } from './encoding';
import {
  BATCH_MAX_BYTES,
  BATCH_MAX_RECORDS,
  FLUSH_RETRY_MS,
  LINGER_MS,
  PARALLEL_REQUESTS,
} from './limits';
import type { Batch, Outbox } from './outbox';
import type { Pauses } from './pauses';

/** What a sender needs. */
export interface SenderOptions {
  outbox: Outbox;
  encodings: Record<EncodingName, Encoding>;
  post: Post;
  pauses: Pauses;
  /** Those of requests that nobody answered: they end when another one is. */
  awayPauses: Pauses;
  diagnose: Diagnose;
  /** Told why the receiver does not take records, at each try. */
  onFailing?: ((reason: string) => void) | undefined;
  /** Told of records that the receiver has. */
  onSent(batch: Batch): void;
  /** Told of each record that the receiver will not take; resolves when it is kept elsewhere. */
  onRefused(refused: Refused, batch: Batch): Promise<void>;
  /** Between 0 and 1: what makes the back-off random. */
  random?: (() => number) | undefined;
}

/** Whether the outbox is empty, or how much is left in it. */
export type FlushResult =
  | { status: 'sent' }
  | {
      status: 'unsent';
      records: number;
      /** In the spool they are for the next process, in memory they end with this one. */
      keptIn: 'spool' | 'memory';
    };

/** Takes batches out of an outbox and sends them. */
export interface Sender {
  /** To call when there may be something to take that was not before. */
  wake: () => void;
  /** Sends at once, without waiting for more or for a back-off to end; resolves when nothing is left or time is up. */
  flush: (timeoutMs: number) => Promise<FlushResult>;
  /** Sends nothing more; what is on its way goes back to the outbox unless its answer is there. */
  stop: () => void;
}

/**
 * A sender with up to four requests at a time. A batch goes when it is full or when its first record has waited 50 ms.
 * That timer keeps the process alive, back-offs do not: a script that ends delivers what it made, and one that cannot
 * deliver still ends.
 */
export function createSender(options: SenderOptions): Sender {
  const { outbox } = options;
  const waiters = new Set<() => void>();
  let open = 0;
  let linger: NodeJS.Timeout | undefined;
  let stopped = false;
  const isStopped = () => stopped;
  const endPauses = () => {
    options.pauses.end();
    options.awayPauses.end();
  };
  const delivery = createDelivery({ ...options, isStopped });

  /** Takes and sends until nothing can be taken. @returns whether there was anything */
  async function drain(): Promise<boolean> {
    let hasTaken = false;
    let batch;
    while (
      !isStopped() &&
      (batch = outbox.take(BATCH_MAX_RECORDS, BATCH_MAX_BYTES))
    ) {
      hasTaken = true;
      await delivery.deliver(batch);
    }
    return hasTaken;
  }

  function start(): void {
    clearTimeout(linger);
    linger = undefined;
    while (open < PARALLEL_REQUESTS && !isStopped()) {
      const before = outbox.size().waitingRecords;
      if (before === 0) break;
      open += 1;
      void drain().then(ended, () => ended(true));
      if (outbox.size().waitingRecords === before) break;
    }
  }

  function ended(hasTaken: boolean): void {
    open -= 1;
    // Otherwise what waits on the disk was not read yet: the outbox calls when it is.
    if (hasTaken) wake();
  }

  function wake(): void {
    if (stopped || open >= PARALLEL_REQUESTS) return;
    const { records, waitingRecords, waitingBytes } = outbox.size();
    if (records === 0) for (const waiter of waiters) waiter();
    if (waitingRecords === 0) return;
    const isFull =
      waitingRecords >= BATCH_MAX_RECORDS || waitingBytes >= BATCH_MAX_BYTES;
    if (isFull || waiters.size > 0) start();
    else linger ??= setTimeout(start, LINGER_MS);
  }

  function resultNow(): FlushResult {
    const { records } = outbox.size();
    return records === 0
      ? { status: 'sent' }
      : { status: 'unsent', records, keptIn: 'memory' };
  }

  function flush(timeoutMs: number): Promise<FlushResult> {
    if (stopped || outbox.size().records === 0)
      return Promise.resolve(resultNow());
    start();
    endPauses();
    return new Promise((resolve) => {
      const hurry = setInterval(endPauses, FLUSH_RETRY_MS);
      const done = () => {
        clearInterval(hurry);
        clearTimeout(timer);
        waiters.delete(done);
        resolve(resultNow());
      };
      const timer = setTimeout(done, timeoutMs);
      waiters.add(done);
    });
  }

  function stop(): void {
    stopped = true;
    clearTimeout(linger);
    endPauses();
    for (const waiter of waiters) waiter();
  }

  return { wake, flush, stop };
}
