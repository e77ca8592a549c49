import { useSyncExternalStore } from 'react';

/** How often "3 min ago" is looked at again. */
const TICK_MS = 10_000;

let now = Date.now();

/** The time, as exact as relative times need it. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}

function subscribe(listener: () => void): () => void {
  now = Date.now();
  const timer = setInterval(() => {
    now = Date.now();
    listener();
  }, TICK_MS);
  return () => clearInterval(timer);
}
