import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A receiver in a process of its own that can be killed and started again, on the same port. */
export interface CrashableReceiver {
  /** SIGKILL. */
  crash(): Promise<void>;
  /** Starts it; resolves once it is ready. */
  start(): Promise<void>;
  /** Has it commit all that it accepted and end. */
  stop(): Promise<void>;
  /** SIGKILL, if it runs at all. */
  remove(): Promise<void>;
}

export interface ReceiverOptions {
  /** The program, such as `collector-receiver/dist/main.js`. */
  script: string;
  port: number;
  env: Record<string, string>;
  /** Where its output goes. */
  logFile: string;
}

const READY_TIMEOUT_MS = 60_000;
const POLL_MS = 10;

/** A receiver that is not started yet. */
export function createCrashableReceiver(
  options: ReceiverOptions,
): CrashableReceiver {
  let running: ChildProcess | undefined;

  async function end(signal: NodeJS.Signals): Promise<void> {
    const child = running!;
    running = undefined;
    if (hasEnded(child)) throw endedByItself(child, options.logFile);
    child.kill(signal);
    await once(child, 'close');
    if (signal !== 'SIGKILL' && child.exitCode !== 0)
      throw endedByItself(child, options.logFile);
  }

  return {
    crash: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    async start() {
      const child = spawnReceiver(options);
      running = child;
      const deadline = Date.now() + READY_TIMEOUT_MS;
      while (!(await isReady(options.port))) {
        if (hasEnded(child)) throw endedByItself(child, options.logFile);
        if (Date.now() > deadline)
          throw new Error(
            `the receiver was not ready within ${READY_TIMEOUT_MS / 1000} s: ${endOf(options.logFile)}`,
          );
        await sleep(POLL_MS);
      }
    },
    async remove() {
      if (running && !hasEnded(running)) await end('SIGKILL');
    },
  };
}

function spawnReceiver({
  script,
  port,
  env,
  logFile,
}: ReceiverOptions): ChildProcess {
  const log = openSync(logFile, 'a');
  const child = spawn(process.execPath, [script], {
    env: {
      PATH: process.env['PATH'],
      AUDIT_RECEIVER_HTTP_PORT: String(port),
      AUDIT_RECEIVER_GRPC_PORT: '0',
      ...env,
    },
    stdio: ['ignore', log, log],
    // Ctrl-C in the terminal reaches us alone; whoever we started is ended by us.
    detached: true,
  });
  closeSync(log);
  return child;
}

async function isReady(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/readyz`).then(
    (answer) => answer.ok,
    () => false,
  );
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function endedByItself(child: ChildProcess, logFile: string): Error {
  return new Error(
    `the receiver ended by itself, with ${child.signalCode ?? child.exitCode}: ${endOf(logFile)}`,
  );
}

function endOf(logFile: string): string {
  return readFileSync(logFile, 'utf8').trim().split('\n').slice(-5).join(' | ');
}
