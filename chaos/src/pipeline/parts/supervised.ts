import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { settings } from '../settings';

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
  /** How often it ended by itself. */
  deaths(): number;
}

/** A process that is not started yet. Its output is added to `logFile`. */
export function supervise(command: () => Command, logFile: string): Supervised {
  let running: ChildProcess | undefined;
  let respawn: NodeJS.Timeout | undefined;
  let isWanted = false;
  let deaths = 0;

  function start(): void {
    isWanted = true;
    const { file, args, env } = command();
    const log = openSync(logFile, 'a');
    const child = spawn(file, args, {
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['ignore', log, log],
      // Ctrl-C in the terminal reaches us alone; whoever we started is ended by us.
      detached: true,
    });
    closeSync(log);
    running = child;
    child.on('close', () => {
      if (running === child) running = undefined;
      if (!isWanted) return;
      deaths += 1;
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
    const late = setTimeout(() => child.kill('SIGKILL'), settings.stopMs);
    await closed;
    clearTimeout(late);
  }

  return {
    start,
    crash: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    signal: (name) => void running?.kill(name),
    deaths: () => deaths,
  };
}
