import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Binaries } from './binaries';
import { isAlive } from './os-process';
import type { OsUser } from './unprivileged-user';

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 30_000;
const POLL_MS = 20;

/** Server settings: safe as they come; sized for a laptop. */
const SETTINGS = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  max_connections: '100',
  log_timezone: 'UTC',
  timezone: 'UTC',
};

export interface ServerPlace {
  binaries: Binaries;
  data: string;
  socketFolder: string;
  logFile: string;
}

/** A running server: the process id of its postmaster. */
export interface ServerProcess {
  pid: number;
}

/**
 * Creates an empty database cluster, whole or not at all. Local connections are trusted, because only the server's user
 * and root can enter the socket's folder; there is no password to keep or lose.
 *
 * @throws with what initdb said
 */
export async function runInitdb(
  binaries: Binaries,
  data: string,
  user: OsUser | undefined,
): Promise<void> {
  const unfinished = `${data}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  const flags = ['--username=postgres', '--auth=trust', '--encoding=UTF8'];
  // Bytewise order: the same on every machine, and the fastest to index.
  const child = spawn(
    binaries.initdb,
    [`--pgdata=${unfinished}`, ...flags, '--locale=C', '--no-instructions'],
    { ...as(user), stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  child.stderr?.on('data', (chunk) => (said += chunk));
  const code = await once(child, 'close').then(
    ([exitCode]) => exitCode as number,
    (error: Error) => error.message,
  );
  if (code !== 0)
    throw new Error(
      `cannot create the embedded database in ${data}: initdb ended with ${code}: ${said.trim()}`,
    );
  renameSync(unfinished, data);
}

/**
 * Starts a server and waits until `isReady` resolves. It runs in a process group of its own, so that Ctrl-C in the
 * terminal reaches us alone, and the server goes last.
 *
 * @throws when the server ends, or is not ready within a minute, with the end of its log
 */
export async function startServer(
  place: ServerPlace,
  user: OsUser | undefined,
  isReady: () => Promise<void>,
): Promise<ServerProcess> {
  const child = spawnServer(place, user);
  let ended: string | undefined;
  child.on('error', (error) => (ended = error.message));
  child.on('exit', () => (ended ??= lastLines(place.logFile)));
  child.unref();
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const attempt = await isReady().then(
      () => undefined,
      (error: Error) => error,
    );
    if (!attempt) return { pid: child.pid! };
    if (ended === undefined && Date.now() < deadline) {
      await sleep(POLL_MS);
      continue;
    }
    child.kill('SIGQUIT');
    throw new Error(
      `cannot start the embedded Postgres on ${place.data}: ${ended ?? attempt.message}`,
      { cause: attempt },
    );
  }
}

function spawnServer(
  { binaries, data, socketFolder, logFile }: ServerPlace,
  user: OsUser | undefined,
): ChildProcess {
  // Statements in the log may hold what events say.
  const log = openSync(logFile, 'a', 0o600);
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const args = ['-D', data, '-k', socketFolder, ...settings];
  const child = spawn(binaries.postgres, args, {
    ...as(user),
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  return child;
}

/**
 * Asks a server to stop (fast shutdown: sessions end, data are safe), and not politely after the time limit.
 *
 * @throws when it does not go at all
 */
export async function stopServer({ pid }: ServerProcess): Promise<void> {
  for (const name of ['SIGINT', 'SIGQUIT'] as const) {
    signal(pid, name);
    const deadline = Date.now() + STOP_TIMEOUT_MS;
    while (isAlive(pid) && Date.now() < deadline) await sleep(POLL_MS);
    if (!isAlive(pid)) return;
  }
  throw new Error(
    `cannot stop the embedded Postgres: process ${pid} is still there after ${STOP_TIMEOUT_MS / 1000} s; look at it, and end it by hand`,
  );
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone already, which is what was wanted.
  }
}

function as(user: OsUser | undefined): SpawnOptions {
  return {
    cwd: '/',
    ...(user && { uid: user.uid, gid: user.gid }),
    // Nothing of our environment is the server's business, and PG* variables would change what it does.
    env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
  };
}

function lastLines(file: string): string {
  return readFileSync(file, 'utf8').trim().split('\n').slice(-5).join(' | ');
}
