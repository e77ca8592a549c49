import type { Logger } from 'pino';

/** The same is told again after this. */
const AGAIN_MS = 60_000;

/** Warns of what went wrong. */
export type Warn = (cause: unknown, message: string) => void;

/**
 * Warnings that strangers can bring about: each is in the log at most once a minute, so that nobody fills it.
 *
 * @param now milliseconds; tests have a clock of their own
 * @example
 * const warn = createSparingWarnings(logger);
 * warn(error, 'the provider cannot be reached');
 */
export function createSparingWarnings(
  logger: Pick<Logger, 'warn'>,
  now: () => number = () => performance.now(),
): Warn {
  /** By message, of which there are few: none has a sender's own text in it. */
  const againAt = new Map<string, number>();
  return (cause, message) => {
    if (now() < (againAt.get(message) ?? -Infinity)) return;
    againAt.set(message, now() + AGAIN_MS);
    logger.warn({ err: cause }, message);
  };
}
