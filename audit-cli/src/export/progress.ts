import type { Deps } from '../deps';
import { PROGRESS_MS } from '../limits';

const MIB = 1024 * 1024;

/** Shows how far an export came, a few times a second. */
export function progressOf(deps: Deps): (rows: number, bytes: number) => void {
  let shownAt = -Infinity;
  return function showProgress(rows, bytes) {
    const now = deps.now();
    if (now - shownAt < PROGRESS_MS) return;
    shownAt = now;
    deps.terminal.progress(`${rows} events, ${(bytes / MIB).toFixed(1)} MiB`);
  };
}
