import { renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { startEmbeddedPostgres } from 'stack';
import type { EmbeddedPostgres } from 'stack';
import { killTree } from './process-tree';

/** A Postgres server that can be killed and started again, at the same address. */
export interface CrashablePostgres {
  /** The same after every start. */
  url: string;
  /** SIGKILL to the server and all its processes. */
  crash(): Promise<void>;
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

  const url = new URL(await start());
  url.searchParams.set('host', link);
  const data = running!.folder;
  return {
    url: url.href,
    async crash() {
      const { pid, url } = running!;
      running = undefined;
      await killTree(pid);
      rmSync(socketFolderOf(url), { recursive: true, force: true });
    },
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
