import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

export const BIN = join(__dirname, '..', 'bin', 'audit.js');
const MAIN = join(__dirname, '..', 'dist', 'main.js');

/** How a command ended, and what it said. */
export interface Ran {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** Starts the real command, with no environment but this. */
export function startAudit(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): ChildProcessWithoutNullStreams {
  if (!existsSync(MAIN))
    throw new Error(`expected the built command at ${MAIN}; run "tsc --build"`);
  return spawn(process.execPath, [BIN, ...args], { env });
}

/** Runs the real command to its end; its standard input has nothing. */
export async function runAudit(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Ran> {
  const child = startAudit(args, env);
  child.stdin.end();
  const [stdout, stderr, [code, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>,
  ]);
  return { code, signal, stdout, stderr };
}

/** Each line of NDJSON. */
// oxlint-disable-next-line typescript/no-explicit-any -- tests read whatever came
export function jsonLines(ndjson: string): any[] {
  return ndjson
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}
