import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { SteadyOptions } from '../pipeline/emit/steady-options';
import { ENDING } from './emit-options';
import type { EmitOptions } from './emit-options';

/** A running emitter. */
export interface EmitterProcess {
  /** Resolves when it has told of its first spooled record, or is gone. */
  begun: Promise<void>;
  /** Resolves when it has made all its records, or is gone. */
  ending: Promise<void>;
  /** Resolves when it is gone and all that it told has been read. */
  gone: Promise<void>;
  /** SIGKILL, unless it is gone. */
  kill(): void;
  /** Sends another signal, unless it is gone. */
  signal(name: NodeJS.Signals): void;
}

/** How to start one. */
export interface EmitterProcessOptions {
  /** The program, beside this file. */
  script: string;
  logFile: string;
  /** What it is told, as JSON in its first argument. */
  emit: EmitOptions | SteadyOptions;
  /** Node's own options. */
  nodeArgs?: readonly string[] | undefined;
  env?: Record<string, string> | undefined;
  onSpooled(n: number): void;
}

/**
 * Starts an emitter.
 *
 * @throws from `gone` when it ends by itself with an error
 */
export function startEmitter(options: EmitterProcessOptions): EmitterProcess {
  const { script, logFile, emit } = options;
  const log = openSync(logFile, 'a');
  const child = spawn(
    process.execPath,
    [
      ...(options.nodeArgs ?? []),
      join(__dirname, script),
      JSON.stringify(emit),
    ],
    {
      env: { PATH: process.env['PATH'], ...options.env },
      stdio: ['ignore', 'pipe', log],
      // Ctrl-C in the terminal reaches us alone; whoever we started is ended by us.
      detached: true,
    },
  );
  closeSync(log);
  const begun = Promise.withResolvers<void>();
  const ending = Promise.withResolvers<void>();
  createInterface({ input: child.stdout! }).on('line', (line) => {
    if (line === ENDING) return ending.resolve();
    begun.resolve();
    // A number that was cut off by the kill was never told.
    if (/^\d+$/.test(line)) options.onSpooled(Number(line));
  });

  async function end(): Promise<void> {
    const [code] = (await once(child, 'close')) as [number | null];
    begun.resolve();
    ending.resolve();
    if (code) throw new Error(`the emitter ended with ${code}: ${logEnd()}`);
  }

  function logEnd(): string {
    const lines = readFileSync(logFile, 'utf8').trim().split('\n');
    return lines.slice(-5).join(' | ');
  }

  return {
    begun: begun.promise,
    ending: ending.promise,
    gone: end(),
    kill: () => void child.kill('SIGKILL'),
    signal: (name) => void child.kill(name),
  };
}
