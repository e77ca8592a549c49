import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, killTree } from './process-tree';

/** https://www.postgresql.org/docs/current/server-shutdown.html */
const SIGNALS = { fast: 'SIGINT', immediate: 'SIGQUIT' } as const;
/** After which the server is killed: a shutdown that finds no room on its disk may hang. */
const PATIENCE_MS = 30_000;
const POLL_MS = 20;

/** Asks a Postgres server to end, and resolves when it has. */
export async function stopServer(
  pid: number,
  mode: keyof typeof SIGNALS,
): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  try {
    process.kill(pid, SIGNALS[mode]);
  } catch {
    // Gone already.
  }
  while (isAlive(pid) && Date.now() < deadline) await sleep(POLL_MS);
  await killTree(pid);
}
