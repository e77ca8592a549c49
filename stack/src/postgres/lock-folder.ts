import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandOf, readPid } from './os-process';

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
    if (holder !== undefined && isAnotherOfUs(holder))
      throw new Error(
        `cannot use the data folder ${folder}: process ${holder} uses it; stop that process, or set AUDIT_DATA_DIR to another folder`,
        { cause },
      );
    rmSync(file, { force: true });
    claim(file);
  }
  return () => rmSync(file, { force: true });
}

/** After a crash the id may be that of another program by now, or our own: in a container each start has the same. */
function isAnotherOfUs(pid: number): boolean {
  return pid !== process.pid && /\bnode\b/.test(commandOf(pid) ?? '');
}

function claim(file: string): void {
  writeFileSync(file, `${process.pid}\n`, { flag: 'wx' });
}
