import * as fs from 'node:fs';
import * as promises from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** A file that is being written, always at its end. */
export interface AppendFile {
  /** Writes all of it; after a failure any part of it may be there. */
  append(bytes: Uint8Array): Promise<void>;
  /** Resolves when what was written is on the disk. After a failure the file must not be used again. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * What the spool does to a file system. Handed in, so that tests can end the world between any two calls.
 *
 * Methods reject with the error of the operating system; those whose name ends in Sync, for the end of the process when
 * nothing can be awaited, throw it.
 */
export interface FileSystem {
  /** With its parents, and has their names on the disk; readable for this user alone. */
  makeDirectory(path: string): Promise<void>;
  /** Names, in no order. */
  list(path: string): Promise<string[]>;
  /** Makes a file that must not exist yet. */
  create(path: string): Promise<AppendFile>;
  read(path: string): Promise<Buffer>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Only when it is empty. */
  removeDirectory(path: string): Promise<void>;
  /** Resolves when names made, renamed and removed in it are on the disk. */
  syncDirectory(path: string): Promise<void>;
  /** Its size in bytes, and when it was changed last, in milliseconds since 1970. */
  stat(path: string): Promise<{ size: number; mtimeMs: number }>;
  /** Sets the time of its last change to now. */
  touch(path: string): Promise<void>;
  makeDirectorySync(path: string): void;
  /** Makes a file that must not exist yet, and has its bytes on the disk. */
  writeSync(path: string, bytes: Uint8Array): void;
  renameSync(from: string, to: string): void;
  syncDirectorySync(path: string): void;
  /** Removes a directory with all that is in it, as far as that is possible. Never throws. */
  removeAllSync(path: string): void;
}

/** Audit records are for nobody else on the machine. */
const NEW_DIRECTORY = { recursive: true, mode: 0o700 } as const;
const FILE_MODE = 0o600;

/** The file system of the machine. */
export const nodeFileSystem: FileSystem = {
  async makeDirectory(path) {
    const first = await promises.mkdir(path, NEW_DIRECTORY);
    for (const parent of parentsOfNew(path, first))
      // One that is not ours may be closed to readers.
      await nodeFileSystem.syncDirectory(parent).catch(() => undefined);
  },
  list: (path) => promises.readdir(path),
  async create(path) {
    const file = await promises.open(path, 'ax', FILE_MODE);
    return {
      append: (bytes) => file.appendFile(bytes),
      sync: () => file.datasync(),
      close: () => file.close(),
    };
  },
  read: (path) => promises.readFile(path),
  rename: (from, to) => promises.rename(from, to),
  remove: (path) => promises.unlink(path),
  removeDirectory: (path) => promises.rmdir(path),
  async syncDirectory(path) {
    // Windows has no way to open a directory, and no need to: NTFS journals names.
    if (process.platform === 'win32') return;
    const directory = await promises.open(path, 'r');
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  },
  stat: (path) => promises.stat(path),
  async touch(path) {
    const now = new Date();
    await promises.utimes(path, now, now);
  },
  makeDirectorySync(path) {
    const first = fs.mkdirSync(path, NEW_DIRECTORY);
    for (const parent of parentsOfNew(path, first))
      try {
        nodeFileSystem.syncDirectorySync(parent);
      } catch {
        // As above.
      }
  },
  writeSync(path, bytes) {
    const options = { flag: 'ax', mode: FILE_MODE, flush: true };
    fs.writeFileSync(path, bytes, options);
  },
  renameSync: (from, to) => fs.renameSync(from, to),
  syncDirectorySync(path) {
    if (process.platform === 'win32') return;
    const directory = fs.openSync(path, 'r');
    try {
      fs.fsyncSync(directory);
    } finally {
      fs.closeSync(directory);
    }
  },
  removeAllSync(path) {
    try {
      fs.rmSync(path, { recursive: true, force: true });
    } catch {
      // The next process does it.
    }
  },
};

/** The directories that got a new name, when `path` was made and `first` was the first that was missing. */
function parentsOfNew(path: string, first: string | undefined): string[] {
  const parents: string[] = [];
  if (first === undefined) return parents;
  let made = resolve(path);
  for (; made.length >= first.length; made = dirname(made))
    parents.push(dirname(made));
  return parents;
}

/** Whether an error of the file system says that there is no such file. */
export function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
