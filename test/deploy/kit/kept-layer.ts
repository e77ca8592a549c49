import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { CACHE } from './go-program';

const LAYERS = join(CACHE, 'layers');

/**
 * Runs what makes a folder's content, or takes what the same command made of the same files before, as Docker does with its layers. One
 * is kept, the newest.
 */
export function keptLayer(
  folder: string,
  command: string,
  run: () => void,
): void {
  const kept = join(LAYERS, keyOf(folder, command));
  if (existsSync(kept)) {
    rmSync(folder, { recursive: true });
    copy(kept, folder);
    return;
  }
  run();
  mkdirSync(LAYERS, { recursive: true });
  const older = globSync('*', { cwd: LAYERS });
  const partial = `${kept}.${process.pid}`;
  copy(folder, partial);
  if (existsSync(kept)) rmSync(partial, { recursive: true });
  else renameSync(partial, kept);
  for (const name of older)
    rmSync(join(LAYERS, name), { recursive: true, force: true });
}

function keyOf(folder: string, command: string): string {
  const hash = createHash('sha256').update(`${process.version}\n${command}\n`);
  for (const file of globSync('**/*', { cwd: folder }).toSorted()) {
    const path = join(folder, file);
    if (statSync(path).isFile()) hash.update(file).update(readFileSync(path));
  }
  return hash.digest('hex').slice(0, 16);
}

/** With its links as they are; a file system that can does not copy what is in the files. */
function copy(from: string, to: string): void {
  execFileSync('cp', ['-a', '--reflink=auto', from, to]);
}
