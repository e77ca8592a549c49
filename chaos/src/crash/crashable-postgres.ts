import { renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { startEmbeddedPostgres } from 'stack';
import type { EmbeddedPostgres } from 'stack';
import { isAlive, killTree } from './process-tree';
import { stopServer } from './stop-server';

/** A Postgres server that can be killed and started again, at the same address. */
export interface CrashablePostgres {
  /** The same after every start. */
  url: string;
  /** SIGKILL to the server and all its processes. */
  crash(): Promise<void>;
  /** Asks it to end: `fast` ends sessions and writes all out, `immediate` leaves recovery to the next start. */
  stop(mode: 'fast' | 'immediate'): Promise<void>;
  /** Whether the server runs, or is on its way down. */
  isAlive(): boolean;
  /** Starts it again on the data that are there; resolves once it has recovered. */
  start(): Promise<void>;
  /** Stops it, when it runs, and removes its data. */
  remove(): Promise<void>;
}

/**
 * Starts an embedded Postgres in `folder`.
 *
 * @param folder one that exists
 */
export async function startCrashablePostgres(
  folder: string,
): Promise<CrashablePostgres> {
  // Each start has a socket folder of its own; what connects to it goes by this link.
  const link = join(folder, 'socket');
  let running: EmbeddedPostgres | undefined;

  async function start(): Promise<string> {
    running = await startEmbeddedPostgres(folder);
    const next = `${link}.next`;
    symlinkSync(socketFolderOf(running.url), next);
    renameSync(next, link);
    return running.url;
  }

  async function end(how: (pid: number) => Promise<void>): Promise<void> {
    if (!running) return;
    const { pid, url } = running;
    running = undefined;
    await how(pid);
    rmSync(socketFolderOf(url), { recursive: true, force: true });
  }

  const url = new URL(await start());
  url.searchParams.set('host', link);
  const data = running!.folder;
  return {
    url: url.href,
    crash: () => end(killTree),
    stop: (mode) => end((pid) => stopServer(pid, mode)),
    isAlive: () => running !== undefined && isAlive(running.pid),
    async start() {
      await start();
    },
    async remove() {
      await running?.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

function socketFolderOf(url: string): string {
  return new URL(url).searchParams.get('host')!;
}
