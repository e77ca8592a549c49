import { basename, dirname, join } from 'node:path';
import { uuidv7 } from 'audit-event';
import { isMissing } from './file-system';
import type { FileSystem } from './file-system';

/*
 * What the spool of a service looks like:
 *
 *   <service>/<uuid>/owner.<process>   changed every few seconds by the process that writes here
 *                    000000001.seg     segments, removed when all in them is settled
 *                    cursor            where in the first segment what is not settled begins
 *             new-<uuid>.<process>/    what a process is about to make, renamed once it is complete
 *             damaged/                 segments that cannot be read
 *
 * A directory belongs to the process that its owner file names. To take one over is to rename that file: of two that
 * try, one succeeds, and a process that was only asleep finds its file gone.
 */
/** The beginning of the name of an owner file; then comes the process. */
export const OWNER = 'owner.';
/** The name of the file of the cursor. */
export const CURSOR = 'cursor';
const SEGMENT = /^(\d{9})\.seg$/;
/** The name of a directory that is complete: a UUID. */
export const STREAM = /^[\da-f-]{36}$/;
/** The name of one that is not: nothing in it was said to be kept. */
export const NEW = /^new-[\da-f-]{36}\.(.+)$/s;
/** The end of the name of a file that will be renamed once it is complete. */
export const TEMPORARY = '.new';
/** In a directory of refused records: why each was. */
export const REASONS = 'reasons.ndjson';
/** The process of a directory that was given up on purpose. */
export const NOBODY = 'nobody';

/** The directory of one stream, as the process knows it that it belongs to. */
export interface StreamDirectory {
  path: string;
  /** The owner file. */
  ownerPath: string;
}

/** Makes a directory for a process. It appears with its owner in it. */
export async function createStreamDirectory(
  fs: FileSystem,
  root: string,
  owner: string,
): Promise<StreamDirectory> {
  const { path, temporary } = newPaths(root, owner);
  const directory = { path, ownerPath: join(path, OWNER + owner) };
  await fs.makeDirectory(temporary);
  try {
    const file = await fs.create(join(temporary, OWNER + owner));
    await file.close();
    await fs.syncDirectory(temporary);
    await fs.rename(temporary, path);
    await fs.syncDirectory(root);
  } catch (error) {
    // A disk that is full is tried again and again.
    await removeUnfinished(fs, temporary).catch(() => undefined);
    await removeStreamDirectory(fs, directory).catch(() => undefined);
    throw error;
  }
  return directory;
}

/**
 * Makes a directory with one segment that belongs to nobody, for whoever comes next. It appears with all that is in it.
 *
 * @throws the error of the operating system; there is no such directory then
 */
export function saveStreamDirectorySync(
  fs: FileSystem,
  root: string,
  owner: string,
  segment: Uint8Array,
): void {
  const { path, temporary } = newPaths(root, owner);
  const directory = { path: temporary, ownerPath: unownedPath(temporary) };
  try {
    fs.makeDirectorySync(temporary);
    fs.writeSync(directory.ownerPath, Buffer.alloc(0));
    fs.writeSync(segmentPath({ directory, number: 1 }), segment);
    fs.syncDirectorySync(temporary);
    fs.renameSync(temporary, path);
    fs.syncDirectorySync(root);
  } catch (error) {
    for (const one of [temporary, path]) fs.removeAllSync(one);
    throw error;
  }
}

function newPaths(
  root: string,
  owner: string,
): { path: string; temporary: string } {
  const name = uuidv7();
  const temporary = join(root, `new-${name}.${owner}`);
  return { path: join(root, name), temporary };
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
  await fs.rename(ownerPath, unownedPath(path));
}

/** Where the owner file of a directory is that belongs to nobody. */
export function unownedPath(path: string): string {
  return join(path, OWNER + NOBODY);
}

/**
 * Takes away a directory of which every segment is settled. One that still has a segment is given up instead: whoever takes it over
 * sends that again.
 *
 * @throws an Error where it holds anything else, and then removes nothing: without an owner nobody would look into it again
 */
export async function removeStreamDirectory(
  fs: FileSystem,
  directory: StreamDirectory,
): Promise<void> {
  const { path, ownerPath } = directory;
  const names = await fs.list(path);
  if (names.some((name) => SEGMENT.test(name)))
    return releaseDirectory(fs, directory);
  const [other] = names.filter(
    (name) => !isByTheWay(name) && !name.startsWith(OWNER),
  );
  if (other !== undefined)
    throw new Error(`${path} is kept, because ${other} is in it`);
  for (const name of names.filter(isByTheWay))
    await removeIfThere(fs, join(path, name));
  await removeIfThere(fs, ownerPath);
  await fs.removeDirectory(path);
}

/** Whether a file is worth nothing without segments. */
function isByTheWay(name: string): boolean {
  return name === CURSOR || name === REASONS || name.endsWith(TEMPORARY);
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

/** Where a segment goes that cannot be read: out of its directory, which will be removed. */
export function damagedPath(place: SegmentPlace): string {
  const { path } = place.directory;
  const name = `${basename(path)}-${basename(segmentPath(place))}`;
  return join(dirname(path), 'damaged', name);
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

/** Takes away a directory that never got its name. */
export async function removeUnfinished(
  fs: FileSystem,
  path: string,
): Promise<void> {
  for (const name of await fs.list(path)) await fs.remove(join(path, name));
  await fs.removeDirectory(path);
}

/** Removes a file; that there is none is no failure. */
export async function removeIfThere(
  fs: FileSystem,
  path: string,
): Promise<void> {
  try {
    await fs.remove(path);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}
