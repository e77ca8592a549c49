import { isDiskFull } from 'audit-event/store';
import type { Logger } from '../logger';

/** How often failures are told to the log at most, in milliseconds. */
const TELL_EVERY_MS = 10_000;
/**
 * For how long a full disk makes the receiver not ready unless a commit finds it full again, in milliseconds: while it
 * is not ready a load balancer sends it nothing, so that no commit could show that there is room again.
 */
const DISK_FULL_MS = 30_000;

/** What the commits of late say about the next one. */
export interface CommitHealth {
  succeeded(): void;
  /** Told of all that kept a request from being stored. */
  failed(error: unknown): void;
  /** Why the next commit will fail too, undefined when nothing is known. */
  problem(): string | undefined;
}

/**
 * Keeps in mind how commits went, and tells the log of an outage once, then every ten seconds with a count, rather than
 * once per request.
 *
 * @param now milliseconds
 */
export function createCommitHealth(
  logger: Logger,
  now: () => number = Date.now,
): CommitHealth {
  let toldAt = -Infinity;
  let untold = 0;
  let failing = false;
  let diskFullAt = -Infinity;
  return {
    succeeded() {
      diskFullAt = -Infinity;
      if (!failing) return;
      failing = false;
      logger.info({}, 'requests are committed again');
    },
    failed(err) {
      if (isDiskFull(err)) diskFullAt = now();
      untold += 1;
      if (now() - toldAt < TELL_EVERY_MS) return;
      logger.error(
        { err, requests: untold },
        'cannot commit requests: their senders are told to send them again',
      );
      toldAt = now();
      untold = 0;
      failing = true;
    },
    problem: () =>
      now() - diskFullAt < DISK_FULL_MS
        ? 'the database has no room left on its disk'
        : undefined,
  };
}
