import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOT = join(__dirname, '..', '..');
const START_TIMEOUT_MS = 60_000;

/** A program of the build, running as a process of its own. */
export interface Child {
  /** All that it has printed so far, on both outputs. */
  output(): string;
  /** Resolves once the output has the text; rejects when the program ends before. */
  prints(text: string): Promise<void>;
  /** Sends a signal and resolves with exit code and signal once it is gone. */
  kill(signal: NodeJS.Signals): Promise<[number | null, NodeJS.Signals | null]>;
}

/**
 * Starts a built program, such as `stack/dist/main.js`, with nothing but the environment given.
 *
 * @example
 * const child = startChild('stack/dist/main.js', ['--demo'], { AUDIT_DATA_DIR: folder });
 * await child.prints('is running');
 * await child.kill('SIGINT');
 */
export function startChild(
  script: string,
  args: string[],
  env: Record<string, string>,
): Child {
  const child = spawn(process.execPath, [join(ROOT, script), ...args], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const gone = once(child, 'close') as Promise<
    [number | null, NodeJS.Signals | null]
  >;
  return {
    output: () => output,
    async prints(text) {
      const deadline = Date.now() + START_TIMEOUT_MS;
      while (!output.includes(text)) {
        if (child.exitCode !== null || Date.now() > deadline)
          throw new Error(`${script} did not print "${text}": ${output}`);
        await sleep(20);
      }
    },
    kill(signal) {
      child.kill(signal);
      return gone;
    },
  };
}
