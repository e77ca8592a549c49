import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { rssMbOf } from '../service-child';
import type { EmittingOptions, Request, Snapshot } from './emitting-process';

/** A process that emits events at a steady rate. */
export interface Emitting {
  /** What it measured since the last call. */
  snapshot(): Promise<Snapshot>;
  /** Memory of the process, in MB. */
  rssMb(): number;
  /** How many events it told that it emitted; see `EmittingOptions.tells`. */
  told(): number;
  /** Has it shut down in good order. */
  stop(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

/** Starts one, and resolves when it has begun. */
export async function startEmitting(
  options: EmittingOptions,
): Promise<Emitting> {
  const script = join(__dirname, 'emitting-process.js');
  const child = fork(script, [JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const gone = once(child, 'close');
  let told = 0;
  createInterface({ input: child.stdout! }).on('line', () => (told += 1));

  async function answer(): Promise<unknown> {
    const ended = gone.then(() => {
      throw new Error(
        `the emitting process ended with ${child.signalCode ?? child.exitCode}`,
      );
    });
    const [message] = await Promise.race([once(child, 'message'), ended]);
    return message as unknown;
  }
  const ask = (request: Request) => child.send(request);

  await answer();
  return {
    async snapshot() {
      ask('snapshot');
      return (await answer()) as Snapshot;
    },
    rssMb: () => rssMbOf(child.pid!),
    told: () => told,
    async stop() {
      ask('stop');
      await gone;
    },
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}
