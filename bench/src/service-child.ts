import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** One of our services in a process of its own. */
export interface ServiceChild {
  url: string;
  /** Memory of the process, in MB. */
  rssMb(): number;
  /** Lets it finish, and resolves when it is gone. */
  stop(): Promise<void>;
}

/**
 * Starts a built service and waits until it is ready.
 *
 * @param args of node, the script last
 * @param env beside PATH
 * @param logFile gets what it logs
 * @throws when it ends before that
 */
export async function startServiceChild(
  args: string[],
  port: number,
  env: Record<string, string>,
  logFile = '/dev/null',
): Promise<ServiceChild> {
  const log = openSync(logFile, 'w');
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', log, 'inherit'],
    env: { PATH: process.env['PATH'], ...env },
  });
  closeSync(log);
  const url = `http://127.0.0.1:${port}`;
  while (!(await isReady(url))) {
    if (child.exitCode !== null)
      throw new Error(`${args.at(-1)} ended with ${child.exitCode}`);
    await sleep(50);
  }
  return {
    url,
    rssMb: () => rssMbOf(child.pid!),
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

/** Memory of a process, in MB. */
export function rssMbOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)![1]) / 1024;
}

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`).then(
    (answer) => answer.ok,
    () => false,
  );
}
