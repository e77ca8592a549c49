import type { Grant } from './token';

const ONCE_IN_MS = 60_000;

export interface LastUsedOptions {
  touch: (id: string) => Promise<void>;
  onError: (error: unknown) => void;
  /** Milliseconds; tests have a clock of their own. */
  now?: (() => number) | undefined;
}

/**
 * Notes when tokens are used, each at most once a minute, beside the request: nobody waits for it, and when it fails
 * `onError` hears of it and the request goes on.
 */
export function lastUsed(options: LastUsedOptions): (token: Grant) => void {
  const { touch, onError, now = () => performance.now() } = options;
  const touchedAt = new Map<string, number>();

  return function noteUse({ id }) {
    if (id === undefined) return;
    if (now() - (touchedAt.get(id) ?? -Infinity) < ONCE_IN_MS) return;
    touchedAt.set(id, now());
    touch(id).catch(onError);
  };
}
