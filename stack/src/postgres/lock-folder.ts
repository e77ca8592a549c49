import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LOCK_FILE = 'otel-audit.pid';

/**
 * Claims a data folder for this process.
 *
 * @returns a function that gives the folder back
 * @throws when another living process holds it
 */
export function lockFolder(folder: string): () => void {
  const file = join(folder, LOCK_FILE);
  try {
    claim(file);
  } catch (cause) {
    const holder = readPid(file);
    if (holder !== undefined && isAlive(holder))
      throw new Error(
        `cannot use the data folder ${folder}: process ${holder} uses it; stop that process, or set AUDIT_DATA_DIR to another folder`,
        { cause },
      );
    rmSync(file, { force: true });
    claim(file);
  }
  return () => rmSync(file, { force: true });
}

function claim(file: string): void {
  writeFileSync(file, `${process.pid}\n`, { flag: 'wx' });
}

/** The process id in the first line of a file, as our lock and Postgres' own `postmaster.pid` have it. */
export function readPid(file: string): number | undefined {
  try {
    const pid = parseInt(readFileSync(file, 'utf8'), 10);
    return pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a process with this id exists. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
