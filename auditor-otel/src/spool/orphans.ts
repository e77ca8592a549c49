import { join } from 'node:path';
import type { FileSystem } from './file-system';
import {
  NEW,
  NOBODY,
  OWNER,
  removeUnfinished,
  STREAM,
} from './stream-directory';
import type { StreamDirectory } from './stream-directory';

/** Takes over the directories that nobody works on any more. A process that was only asleep loses nothing by it: see `isOwned`. */
export async function takeOverOrphans(
  fs: FileSystem,
  root: string,
  owner: string,
  isOrphan: IsOrphan,
): Promise<StreamDirectory[]> {
  const taken: StreamDirectory[] = [];
  for (const name of await fs.list(root)) {
    const path = join(root, name);
    const maker = NEW.exec(name)?.[1];
    if (maker !== undefined) {
      if (maker !== owner && (await isOrphan(maker, path)))
        await removeUnfinished(fs, path).catch(() => undefined);
      continue;
    }
    const names = await fs.list(path).catch(() => []);
    const found = names.find((one) => one.startsWith(OWNER));
    const other = found?.slice(OWNER.length);
    if (found === undefined || other === undefined) {
      // Its process ended while it removed the directory. One whose owner file is just being renamed is not empty.
      if (STREAM.test(name))
        await fs.removeDirectory(path).catch(() => undefined);
      continue;
    }
    // Its own: each auditor of a process has a name of its own.
    if (other === owner) continue;
    if (!(await isOrphan(other, join(path, found)))) continue;
    const directory = { path, ownerPath: join(path, OWNER + owner) };
    try {
      // Before the rename, which keeps the time: nobody finds it silent under its new name.
      await fs.touch(join(path, found));
      // Whoever is faster has it.
      await fs.rename(join(path, found), directory.ownerPath);
    } catch {
      continue;
    }
    taken.push(directory);
  }
  return taken;
}

/** Whether nobody works on a directory any more, by the name of its owner and what the owner changes. */
export type IsOrphan = (owner: string, changed: string) => Promise<boolean>;

/** Of a process that has certainly ended, or that gave no sign for so long. */
export function orphanCheck(
  fs: FileSystem,
  isGone: (owner: string) => boolean,
  silentMs: number,
  nowMs: () => number = Date.now,
): IsOrphan {
  return async (owner, changed) => {
    if (owner === NOBODY || isGone(owner)) return true;
    try {
      const { mtimeMs } = await fs.stat(changed);
      return nowMs() - mtimeMs > silentMs;
    } catch {
      return false;
    }
  };
}
