import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  cpSync,
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

/** What npm writes in place; all other files are replaced by new ones, or removed. */
const WRITTEN_IN_PLACE = ['node_modules/.package-lock.json'];

/** By hard links where it can be: some hundred megabytes in thousands of files take minutes on a busy disk. */
function copy(from: string, to: string): void {
  const linked = spawnSync('cp', ['-al', from, to], { stdio: 'ignore' });
  if (linked.status !== 0) {
    // On another file system.
    rmSync(to, { recursive: true, force: true });
    cpSync(from, to, { recursive: true, verbatimSymlinks: true });
    return;
  }
  for (const file of WRITTEN_IN_PLACE) {
    if (!existsSync(join(from, file))) continue;
    rmSync(join(to, file));
    copyFileSync(join(from, file), join(to, file));
  }
}
