import { join } from 'node:path';
import { uuidv7 } from 'audit-event';
import { isMissing } from './file-system';
import type { FileSystem } from './file-system';

/*
 * What the spool of a service looks like:
 *
 *   <service>/<uuid>/owner.<process>   changed every few seconds by the process that writes here
 *                    000000001.seg     segments, removed when all in them is settled
 *                    cursor            where in the first segment what is not settled begins
 *
 * A directory belongs to the process that its owner file names. To take one over is to rename that file: of two that
 * try, one succeeds, and a process that was only asleep finds its file gone.
 */
const OWNER = 'owner.';
const CURSOR = 'cursor';
const SEGMENT = /^(\d{9})\.seg$/;
/** The name of a directory that is complete: a UUID. */
const STREAM = /^[\da-f-]{36}$/;
const NEW = 'new-';
/** The end of the name of a file that will be renamed once it is complete. */
export const TEMPORARY = '.new';
/** The process of a directory that was given up on purpose. */
const NOBODY = 'nobody';

/** The directory of one stream, as the process knows it that it belongs to. */
export interface StreamDirectory {
  path: string;
  /** The owner file. */
  ownerPath: string;
}

/** A place in a stream: everything before it is settled. */
export interface Cursor {
  segment: number;
  offset: number;
}

/** Makes a directory for a process. It appears with its owner in it. */
export async function createStreamDirectory(
  fs: FileSystem,
  root: string,
  owner: string,
): Promise<StreamDirectory> {
  const name = uuidv7();
  const temporary = join(root, NEW + name);
  await fs.makeDirectory(temporary);
  const file = await fs.create(join(temporary, OWNER + owner));
  await file.close();
  await fs.syncDirectory(temporary);
  const path = join(root, name);
  await fs.rename(temporary, path);
  await fs.syncDirectory(root);
  return { path, ownerPath: join(path, OWNER + owner) };
}

/** Whether it still belongs to the process that took it. */
export async function isOwned(
  fs: FileSystem,
  { ownerPath }: StreamDirectory,
): Promise<boolean> {
  try {
    await fs.stat(ownerPath);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** Gives a directory up, for any process to take over. */
export async function releaseDirectory(
  fs: FileSystem,
  { path, ownerPath }: StreamDirectory,
): Promise<void> {
  await fs.rename(ownerPath, join(path, OWNER + NOBODY));
}

/** Where the owner file of a directory is that belongs to nobody. */
export function unownedPath(path: string): string {
  return join(path, OWNER + NOBODY);
}

/** Takes away a directory of which every segment is settled. One that still has a file of them is given up instead: without an owner nobody would find it. */
export async function removeStreamDirectory(
  fs: FileSystem,
  directory: StreamDirectory,
): Promise<void> {
  const { path, ownerPath } = directory;
  const names = await fs.list(path);
  if (names.some((name) => SEGMENT.test(name)))
    return releaseDirectory(fs, directory);
  for (const name of names)
    if (name === CURSOR || name.endsWith(TEMPORARY))
      await removeIfThere(fs, join(path, name));
  await removeIfThere(fs, ownerPath);
  await fs.removeDirectory(path);
}

/** Where a segment is. */
export interface SegmentPlace {
  directory: StreamDirectory;
  /** Its number in the directory: the order in which segments are sent. */
  number: number;
}

export function segmentPath({ directory, number }: SegmentPlace): string {
  return join(directory.path, `${String(number).padStart(9, '0')}.seg`);
}

/** The numbers of the segments that are there, in order. */
export async function listSegments(
  fs: FileSystem,
  { path }: StreamDirectory,
): Promise<number[]> {
  const numbers = (await fs.list(path)).flatMap((name) => {
    const number = SEGMENT.exec(name)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
  return numbers.sort((a, b) => a - b);
}

/** Replaces the cursor in one step: it is either the old or the new one. */
export async function writeCursor(
  fs: FileSystem,
  { path }: StreamDirectory,
  { segment, offset }: Cursor,
): Promise<void> {
  const temporary = join(path, CURSOR + TEMPORARY);
  await removeIfThere(fs, temporary);
  const file = await fs.create(temporary);
  try {
    await file.append(Buffer.from(`${segment} ${offset}\n`));
    await file.sync();
  } finally {
    await file.close();
  }
  await fs.rename(temporary, join(path, CURSOR));
  await fs.syncDirectory(path);
}

/** The cursor; where there is none, or none that can be read, the beginning. */
export async function readCursor(
  fs: FileSystem,
  { path }: StreamDirectory,
): Promise<Cursor> {
  const text = await fs.read(join(path, CURSOR)).then(String, () => '');
  const [, segment, offset] = /^(\d+) (\d+)\n$/.exec(text) ?? [];
  return { segment: Number(segment ?? 0), offset: Number(offset ?? 0) };
}

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
    const names = await fs.list(path).catch(() => []);
    const found = names.find((one) => one.startsWith(OWNER));
    const other = found?.slice(OWNER.length);
    if (found === undefined || other === undefined) {
      // Its process ended while it removed the directory. One whose owner file is just being renamed is not empty.
      if (STREAM.test(name))
        await fs.removeDirectory(path).catch(() => undefined);
      continue;
    }
    // Another auditor of this process looks after its own.
    if (other === owner) continue;
    if (!(await isOrphan(other, join(path, found)))) continue;
    const ownerPath = join(path, OWNER + owner);
    try {
      // Whoever is faster has it.
      await fs.rename(join(path, found), ownerPath);
      await fs.touch(ownerPath);
    } catch {
      continue;
    }
    const directory = { path, ownerPath };
    // One that was about to be made holds nothing.
    if (name.startsWith(NEW)) await removeStreamDirectory(fs, directory);
    else taken.push(directory);
  }
  return taken;
}

/** Whether nobody works on a directory any more, by the name of its owner and its owner file. */
export type IsOrphan = (owner: string, ownerPath: string) => Promise<boolean>;

/** Of a process that has certainly ended, or that gave no sign for so long. */
export function orphanCheck(
  fs: FileSystem,
  isGone: (owner: string) => boolean,
  silentMs: number,
  nowMs: () => number = Date.now,
): IsOrphan {
  return async (owner, ownerPath) => {
    if (owner === NOBODY || isGone(owner)) return true;
    try {
      const { mtimeMs } = await fs.stat(ownerPath);
      return nowMs() - mtimeMs > silentMs;
    } catch {
      return false;
    }
  };
}
async function removeIfThere(fs: FileSystem, path: string): Promise<void> {
  try {
    await fs.remove(path);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}
