import { isUnavailable } from 'audit-event/store';
import type { Accounting, Commit, Received } from 'audit-event/store';
import { Lane } from './lane';
import type { LaneOptions } from './lane';

/** Records of a batch, and bytes of its requests. A larger request is a batch by itself. */
const MAX_BATCH_RECORDS = 5_000;
const MAX_BATCH_BYTES = 16 * 1024 * 1024;

export interface CommitterOptions extends LaneOptions {
  /** Writing connections: so many batches are committed at once. */
  lanes: number;
  /** Told of each batch after its commit, and how long that took, in milliseconds. */
  onCommitted?: ((accounting: Accounting, tookMs: number) => void) | undefined;
}

export interface Committer {
  commit: Commit;
  /** Commits all that was accepted, then closes the connections. */
  close(): Promise<void>;
}

interface Waiting {
  received: Received;
  resolve: () => void;
  reject: (error: Error) => void;
}

/**
 * Gathers requests into batches and commits them: the next batch gathers while one commits, so that under load many
 * requests share one flush, and a lone request waits for nobody.
 *
 * @example
 * const { commit, close } = createCommitter({ databaseUrl, lanes: 2, instance: 'host:1', version: '1.0.0' });
 * await commit(received); // resolves once it is on disk
 */
export function createCommitter(options: CommitterOptions): Committer {
  const queue: Waiting[] = [];
  const idle = Array.from({ length: options.lanes }, () => new Lane(options));
  const running = new Set<Promise<void>>();

  function start(): void {
    while (queue.length > 0 && idle.length > 0) {
      // The lane that worked last has the warmest connection.
      const lane = idle.pop()!;
      const work = commitNext(lane).finally(() => {
        running.delete(work);
        idle.push(lane);
        start();
      });
      running.add(work);
    }
  }

  async function commitNext(lane: Lane): Promise<void> {
    const batch = takeBatch(queue);
    const error = await tryCommit(lane, batch);
    if (error === undefined) return;
    // One request must not make its neighbours fail, which would meet it again when all are sent again.
    const isWorthIt = batch.length > 1 && !isUnavailable(error);
    for (const waiting of batch) {
      const ownError = isWorthIt ? await tryCommit(lane, [waiting]) : error;
      if (ownError !== undefined) waiting.reject(ownError);
    }
  }

  async function tryCommit(
    lane: Lane,
    batch: Waiting[],
  ): Promise<Error | undefined> {
    const beganAt = performance.now();
    try {
      const accounting = await lane.commit(
        batch.map(({ received }) => received),
      );
      options.onCommitted?.(accounting, performance.now() - beganAt);
    } catch (error) {
      return error as Error;
    }
    for (const { resolve } of batch) resolve();
    return undefined;
  }

  return {
    commit(received) {
      return new Promise((resolve, reject) => {
        queue.push({ received, resolve, reject });
        start();
      });
    },
    async close() {
      while (running.size > 0) await Promise.all(running);
      await Promise.all(idle.map((lane) => lane.close()));
    },
  };
}

/** Requests that met the same rules, up to the limits, at least one. */
function takeBatch(queue: Waiting[]): Waiting[] {
  const first = queue[0]!.received;
  let { received: records, bytes } = first;
  let count = 1;
  for (; count < queue.length; count++) {
    const next = queue[count]!.received;
    records += next.received;
    bytes += next.bytes;
    if (records > MAX_BATCH_RECORDS || bytes > MAX_BATCH_BYTES) break;
    if (Buffer.compare(next.rulesHash, first.rulesHash) !== 0) break;
  }
  return queue.splice(0, count);
}
