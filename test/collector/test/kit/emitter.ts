import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { MADE } from '../../src/emitter-options';
import type { EmitterOptions, EmitterReport } from '../../src/emitter-options';

const PROGRAM = join(__dirname, '..', '..', 'dist', 'emitter-main.js');

export interface Emitter {
  /** Resolves when all its events are made. */
  made: Promise<void>;
  /** What it says once all are acknowledged and it has ended; rejects when it ends otherwise. */
  report: Promise<EmitterReport>;
  /** SIGKILL, unless it has ended. */
  kill(): void;
}

/** Starts an application that emits through auditor-otel, in a process of its own. */
export function startEmitter(
  options: EmitterOptions,
  env: Record<string, string> = {},
): Emitter {
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(options)], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const made = Promise.withResolvers<void>();
  let last = '';
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line === MADE) made.resolve();
    else last = line;
  });
  const report = once(child, 'close').then(([code]): EmitterReport => {
    if (code !== 0) throw new Error(`the emitter ended with ${code}`);
    return JSON.parse(last);
  });
  // Whoever waits for `made` only must not wait for a process that is gone; and it may be killed with nobody waiting.
  report.catch(made.reject);
  made.promise.catch(() => undefined);
  return {
    made: made.promise,
    report,
    kill: () => void child.kill('SIGKILL'),
  };
}
