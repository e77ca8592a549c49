import type { Diagnose } from '../diagnostics';
import { HEARTBEAT_MS, SILENT_MS } from '../limits';
import { isMissing } from './file-system';
import type { FileSystem } from './file-system';
import type { ProcessIdentity } from './process-identity';
import { orphanCheck, takeOverOrphans } from './orphans';
import { isOwned } from './stream-directory';
import type { StreamDirectory } from './stream-directory';

/** What is needed to look after directories, and whom it tells. */
export interface LookAfterOptions {
  fs: FileSystem;
  identity: ProcessIdentity;
  /** The directory of the service. */
  root: string;
  diagnose: Diagnose;
  /** Those that belong to this process. */
  directories(): Iterable<StreamDirectory>;
  /** One of them is removed, or belongs to another process. */
  onGone(directory: StreamDirectory): void;
  /** A directory of a process that has ended now belongs to this one. */
  onTakenOver(directory: StreamDirectory): Promise<void>;
}

/** Directories that are looked after. */
export interface Caretaker {
  /** Resolves when all that earlier processes left when it began has been taken over. */
  first: Promise<void>;
  /** Ends it; resolves when nothing of it is under way. */
  stop(): Promise<void>;
}

/**
 * Every ten seconds, and at once: shows that the directories of this process are in use, and takes over those of others that
 * are not. Does not keep the process alive.
 */
export function lookAfterDirectories(options: LookAfterOptions): Caretaker {
  const { fs, identity, root, diagnose } = options;
  const isOrphan = orphanCheck(fs, identity.isGone, SILENT_MS);
  let running: Promise<void> | undefined;
  /** They belong to this process, but could not be read yet. */
  let unread: StreamDirectory[] = [];

  async function round(): Promise<void> {
    for (const directory of [...options.directories()])
      try {
        await fs.touch(directory.ownerPath);
      } catch (error) {
        if (isMissing(error)) options.onGone(directory);
        // Whether it was taken over is found out before anything rests on it.
      }
    unread.push(...(await takeOverOrphans(fs, root, identity.name, isOrphan)));
    const found = unread;
    unread = [];
    for (const directory of found) await read(directory);
  }

  async function read(directory: StreamDirectory): Promise<void> {
    try {
      await options.onTakenOver(directory);
    } catch (error) {
      if (isMissing(error) && !(await isStillOwned(directory)))
        return options.onGone(directory);
      unread.push(directory);
      diagnose(
        'unread',
        `cannot read ${directory.path}, trying again: ${String(error)}`,
      );
    }
  }

  /** Another process may have taken it meanwhile, and removed it. */
  const isStillOwned = (directory: StreamDirectory) =>
    isOwned(fs, directory).catch(() => true);

  function start(): Promise<void> {
    running ??= round()
      .catch((error: unknown) => {
        // Nothing was ever kept here.
        if (!isMissing(error))
          diagnose(
            'orphans',
            `cannot look for audit records of earlier processes in ${root}: ${String(error)}`,
          );
      })
      .finally(() => (running = undefined));
    return running;
  }

  const first = start();
  const timer = setInterval(() => void start(), HEARTBEAT_MS).unref();
  return {
    first,
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
