import { spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findBinaries } from '../../../stack/src/postgres/binaries';
import { unprivilegedUser } from '../../../stack/src/postgres/unprivileged-user';
import { withClient } from '../../src/template-database';

/** A server that wants passwords, as the image `postgres` sets it up. */
export interface PostgresInNetwork {
  /** Of its owner, over a socket that this process can reach, too. */
  url: string;
  stop(): Promise<void>;
}

/**
 * Starts Postgres on port 5432 of 127.0.0.1 in a network.
 *
 * @param network a process in it
 * @param password of the user `audit`, who owns the database `audit`
 */
export async function startPostgresIn(
  network: number,
  password: string,
): Promise<PostgresInNetwork> {
  const user = unprivilegedUser()!;
  const folder = mkdtempSync(join(tmpdir(), 'otel-audit-postgres-'));
  chownSync(folder, user.uid, user.gid);
  const binaries = findBinaries(user, join(tmpdir(), 'otel-audit-binaries'));
  const as = { uid: user.uid, gid: user.gid, cwd: '/', env: { LC_ALL: 'C' } };
  const data = join(folder, 'data');
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password);
  chownSync(passwordFile, user.uid, user.gid);
  const made = spawnSync(
    binaries.initdb,
    [
      `--pgdata=${data}`,
      '--username=audit',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--no-sync',
    ],
    { ...as, encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(made.stderr);
  const become = [
    'setpriv',
    `--reuid=${user.uid}`,
    `--regid=${user.gid}`,
    '--clear-groups',
  ];
  const server = spawn(
    'nsenter',
    [
      `--net=/proc/${network}/ns/net`,
      ...become,
      ...[binaries.postgres, '-D', data, '-k', folder],
      ...['-c', 'listen_addresses=127.0.0.1', '-c', 'port=5432'],
    ],
    {
      cwd: '/',
      env: { LC_ALL: 'C', PATH: process.env['PATH'] },
      stdio: 'ignore',
    },
  );
  const urlOf = (database: string) =>
    `postgres:///${database}?host=${folder}&user=audit&password=${password}`;
  for (let attempt = 0; ; attempt++) {
    try {
      await withClient(urlOf('postgres'), (client) =>
        client.query('create database audit'),
      );
      break;
    } catch (error) {
      if (attempt === 200 || server.exitCode !== null) throw error;
      await sleep(100);
    }
  }
  return {
    url: urlOf('audit'),
    async stop() {
      const gone = new Promise((resolve) => server.once('close', resolve));
      server.kill('SIGINT');
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
