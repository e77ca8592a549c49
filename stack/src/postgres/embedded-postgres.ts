import { createHash } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Client } from 'pg';
import { findBinaries } from './binaries';
import { lockFolder } from './lock-folder';
import { commandOf, readPid } from './os-process';
import { runInitdb, startServer, stopServer } from './server-process';
import { canEnter, unprivilegedUser } from './unprivileged-user';
import type { OsUser } from './unprivileged-user';

/** Where data and binaries go when root starts us in a folder that the unprivileged user cannot enter. */
const SYSTEM_FOLDER = '/var/lib/otel-audit';

const DATABASE = 'audit';

export interface EmbeddedPostgres {
  /** A connection string; the server listens on a Unix socket only, in a folder that only its user and root can enter. */
  url: string;
  /** The process id of the server, the parent of all its processes. */
  pid: number;
  /** Where the data lies. */
  folder: string;
  /** Stops the server: running transactions are rolled back, everything committed is on disk. */
  stop(): Promise<void>;
}

/**
 * Starts a real Postgres server on the data folder given, made on the first start, found again on later ones. As root
 * the server runs as an unprivileged user; where that user cannot enter `folder`, the data lie under /var/lib.
 *
 * @throws when another process uses the folder, or the server does not start (with the end of its log)
 * @example
 * const postgres = await startEmbeddedPostgres('.audit');
 * const pool = new Pool({ connectionString: postgres.url });
 */
export async function startEmbeddedPostgres(
  folder: string,
): Promise<EmbeddedPostgres> {
  if (process.platform === 'win32')
    throw new Error(
      'cannot start the embedded Postgres on Windows: it listens on a Unix socket; use WSL, or set AUDIT_DATABASE_URL to a server of your own',
    );
  const user = unprivilegedUser();
  const home = reachableFolder(resolve(folder), user);
  const unlock = lockFolder(home);
  const socketFolder = mkdtempSync(join(tmpdir(), 'otel-audit-'));
  try {
    own(socketFolder, user);
    const binaries = findBinaries(user, SYSTEM_FOLDER);
    const data = join(home, 'postgres');
    await stopOrphan(data);
    if (!existsSync(join(data, 'PG_VERSION')))
      await runInitdb(binaries, data, user);
    const url = urlOf(socketFolder, DATABASE);
    const server = await startServer(
      { binaries, data, socketFolder, logFile: join(home, 'postgres.log') },
      user,
      () => createDatabase(socketFolder),
    );
    return {
      url,
      pid: server.pid,
      folder: home,
      async stop() {
        await stopServer(server);
        rmSync(socketFolder, { recursive: true, force: true });
        unlock();
      },
    };
  } catch (error) {
    rmSync(socketFolder, { recursive: true, force: true });
    unlock();
    throw error;
  }
}

/** The folder itself, made `user`'s own, or, where that user could not get to it, a stand-in under /var/lib, the same each time. */
function reachableFolder(folder: string, user: OsUser | undefined): string {
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 12);
  const home =
    user && !canEnter(dirname(folder), user)
      ? join(SYSTEM_FOLDER, name)
      : folder;
  try {
    mkdirSync(home, { recursive: true });
    own(home, user);
  } catch (cause) {
    throw new Error(
      `cannot use the data folder ${home}: ${(cause as Error).message}; set AUDIT_DATA_DIR to another folder`,
      { cause },
    );
  }
  return home;
}

function own(folder: string, user: OsUser | undefined): void {
  if (user) chownSync(folder, user.uid, user.gid);
}

/** A server outlives a parent that was killed. We hold the lock, so whoever started this one is gone. */
async function stopOrphan(data: string): Promise<void> {
  const pid = readPid(join(data, 'postmaster.pid'));
  // After a crash the id may be that of another program by now.
  if (pid !== undefined && commandOf(pid)?.includes(`-D ${data} `))
    await stopServer({ pid });
}

function urlOf(socketFolder: string, database: string): string {
  return `postgresql:///${database}?host=${encodeURIComponent(socketFolder)}&user=postgres`;
}

/** Creates our database where it is missing; rejects while the server is not ready. */
async function createDatabase(socketFolder: string): Promise<void> {
  const client = new Client({
    connectionString: urlOf(socketFolder, 'postgres'),
  });
  await client.connect();
  try {
    const { rowCount } = await client.query(
      `select 1 from pg_database where datname = $1::text`,
      [DATABASE],
    );
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}
