import { useSyncExternalStore } from 'react';

/** How often "3 min ago" is looked at again. */
const TICK_MS = 10_000;
/** A time that is newer than "now" would seem to lie ahead: so much older it may be when something new is shown. */
const FRESH_MS = 1_000;

let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

/** The time, as exact as relative times need it: the same for all that are shown. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) timer = setInterval(tick, TICK_MS);
  listeners.add(listener);
  if (Date.now() - now > FRESH_MS) tick();
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearInterval(timer);
  };
}

function tick(): void {
  now = Date.now();
  for (const listener of listeners) listener();
}
