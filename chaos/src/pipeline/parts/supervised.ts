import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { settings } from '../settings';
import type { Mishap } from './mishap';

/** How a process is started; asked for again at each start. */
export interface Command {
  file: string;
  args: readonly string[];
  env: Record<string, string>;
}

/** A process that is started again whenever it ends by itself, as a service manager does. */
export interface Supervised {
  start(): void;
  /** SIGKILL, and not started again; resolves when it is gone. */
  crash(): Promise<void>;
  /** SIGTERM, after half a minute SIGKILL, and not started again; resolves when it is gone. */
  stop(): Promise<void>;
  /** Sends a signal, if it runs. */
  signal(name: NodeJS.Signals): void;
  /** Notes that it did not do in time what it was asked for. */
  noteLate(what: string): void;
  /** All that it should not have done, by time. */
  mishaps(): readonly Mishap[];
}

/** How it is watched. */
export interface Watched {
  /** Its output is added to this file. */
  logFile: string;
  /** What it prints when it is up. */
  upLine: string;
  /** How long it may take to end when it is asked to, in milliseconds. */
  stopMs?: number | undefined;
}

/** A process that is not started yet. */
export function supervise(
  command: () => Command,
  { logFile, upLine, stopMs = settings.stopMs }: Watched,
): Supervised {
  let running: ChildProcess | undefined;
  let respawn: NodeJS.Timeout | undefined;
  let isWanted = false;
  const mishaps: Mishap[] = [];
  const note = (kind: Mishap['kind'], what: string) =>
    void mishaps.push({ kind, what, atMs: performance.now() });

  function start(): void {
    isWanted = true;
    const { file, args, env } = command();
    const log = openSync(logFile, 'a');
    const { size } = fstatSync(log);
    const child = spawn(file, args, {
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['ignore', log, log],
      // Ctrl-C in the terminal reaches us alone; whoever we started is ended by us.
      detached: true,
    });
    closeSync(log);
    running = child;
    child.on('close', (code, signal) => {
      if (running === child) running = undefined;
      if (!isWanted) return;
      const isUp = readFileSync(logFile).subarray(size).includes(upLine);
      const how = `ended by itself, with ${signal ?? code}`;
      note(isUp ? 'running' : 'starting', how);
      respawn = setTimeout(start, settings.respawnMs);
    });
  }

  async function end(name: NodeJS.Signals): Promise<void> {
    isWanted = false;
    clearTimeout(respawn);
    const child = running;
    if (!child) return;
    const closed = once(child, 'close');
    child.kill(name);
    const late = setTimeout(() => {
      note(
        'late',
        `did not end within ${stopMs / 1_000} s of ${name}, and was killed`,
      );
      child.kill('SIGKILL');
    }, stopMs);
    await closed;
    clearTimeout(late);
  }

  return {
    start,
    crash: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    signal: (name) => void running?.kill(name),
    noteLate: (what) => note('late', what),
    mishaps: () => mishaps,
  };
}
