import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port';

/** As docker-compose.yml starts it. */
const FLAGS = ['--max-semi-space-size=4'];

/** A receiver in a process of its own. */
export interface Receiver {
  url: string;
  /** Memory of the process, in MB. */
  rssMb(): number;
  /** Lets it finish, and resolves when it is gone. */
  stop(): Promise<void>;
}

/**
 * Starts the built receiver on a database and waits until it is ready.
 *
 * @param nodeFlags such as `--cpu-prof`
 * @throws when it ends before that
 */
export async function startReceiver(
  databaseUrl: string,
  nodeFlags: string[] = [],
): Promise<Receiver> {
  const main = join(__dirname, '../../collector-receiver/dist/main.js');
  const port = await freePort();
  const child = spawn(process.execPath, [...FLAGS, ...nodeFlags, main], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      AUDIT_DATABASE_URL: databaseUrl,
      AUDIT_RECEIVER_HTTP_PORT: String(port),
      AUDIT_RECEIVER_GRPC_PORT: '0',
    },
  });
  const url = `http://127.0.0.1:${port}`;
  while (!(await isReady(url))) {
    if (child.exitCode !== null)
      throw new Error(`the receiver ended with ${child.exitCode}`);
    await sleep(100);
  }
  return {
    url,
    rssMb() {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      return Number(/^VmRSS:\s+(\d+)/m.exec(status)![1]) / 1024;
    },
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`).then(
    (answer) => answer.ok,
    () => false,
  );
}
