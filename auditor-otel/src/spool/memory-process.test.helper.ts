import type { AppendFile, FileSystem } from './file-system';
import { errorOf, isDirectory, newFile } from './memory-tree.test.helper';
import type { FileNode, MemoryTree } from './memory-tree.test.helper';

/** What happens at the n-th call of a process, counted from 1. */
export type Event =
  | { at: number; what: 'crash-before' | 'crash-after' }
  | { at: number; what: 'fail'; code: string };

/** A FileSystem of one process on a disk in memory. */
export interface MemoryProcess extends FileSystem {
  /** Calls so far, for messages. */
  calls: string[];
  /** Whether its world has ended: its calls do nothing and never return. */
  hasEnded(): boolean;
}

/** A process that uses what is on a disk in memory. */
export function memoryProcess(
  tree: MemoryTree,
  /** What no process may do and this one did. */
  violations: string[],
  event?: Event | ((call: string, count: number) => Event | undefined),
): MemoryProcess {
  const calls: string[] = [];
  let hasEnded = false;
  /** What is to happen at the call that begins now. */
  const begin = (call: string): Event | undefined => {
    calls.push(call);
    const found =
      typeof event === 'function' ? event(call, calls.length) : event;
    return found?.at === calls.length ? found : undefined;
  };
  const never = <T>() => new Promise<T>(() => {});
  const run = async <T>(
    call: string,
    work: () => T,
    onFail: () => void = () => {},
  ): Promise<T> => {
    if (hasEnded) return never();
    const now = begin(call);
    if (now?.what === 'crash-before') {
      hasEnded = true;
      return never();
    }
    if (now?.what === 'fail') {
      onFail();
      throw errorOf(now.code, call);
    }
    // As on a real disk, the answer comes later.
    const result = work();
    await Promise.resolve();
    if (now?.what !== 'crash-after') return result;
    hasEnded = true;
    return never();
  };
  // The process ends in its midst, so what it returns is asked by nobody.
  const runSync = (
    call: string,
    work: () => void,
    onFail: () => void = () => {},
  ): void => {
    if (hasEnded) return;
    const now = begin(call);
    hasEnded = now?.what === 'crash-before';
    if (hasEnded) return;
    if (now?.what === 'fail') {
      onFail();
      throw errorOf(now.code, call);
    }
    work();
    hasEnded = now?.what === 'crash-after';
  };
  const open = (path: string): AppendFile => {
    const file = tree.fileAt(path);
    const use = (how: string) => {
      if (file.hasFailed)
        violations.push(`${how} of ${path} after it had failed`);
    };
    return {
      append: (bytes) => {
        use('append');
        return run(
          `append ${path}`,
          () => append(file, bytes),
          () => {
            append(file, bytes.subarray(0, bytes.length / 2));
            file.hasFailed = true;
          },
        );
      },
      sync: () => {
        use('sync');
        return run(
          `sync ${path}`,
          () => void (file.syncedBytes = file.content.length),
          () => void (file.hasFailed = true),
        );
      },
      close: () => run(`close ${path}`, () => {}),
    };
  };
  return {
    calls,
    hasEnded: () => hasEnded,
    makeDirectory: (path) =>
      run(`makeDirectory ${path}`, () => void tree.directoryAt(path, true)),
    list: (path) =>
      run(`list ${path}`, () => [...tree.directoryAt(path).names.keys()]),
    create: (path) =>
      run(`create ${path}`, () => {
        if (tree.find(path)) throw errorOf('EEXIST', path);
        tree.set(path, newFile());
        return open(path);
      }),
    read: (path) =>
      run(`read ${path}`, () => Buffer.from(tree.fileAt(path).content)),
    rename: (from, to) => run(`rename ${from}`, () => tree.rename(from, to)),
    remove: (path) =>
      run(`remove ${path}`, () => {
        tree.fileAt(path);
        tree.delete(path);
      }),
    removeDirectory: (path) =>
      run(`removeDirectory ${path}`, () => {
        if (tree.directoryAt(path).names.size > 0)
          throw errorOf('ENOTEMPTY', path);
        tree.delete(path);
      }),
    syncDirectory: (path) =>
      run(`syncDirectory ${path}`, () => tree.syncNames(path)),
    stat: (path) =>
      run(`stat ${path}`, () => {
        const node = tree.nodeAt(path);
        const size = isDirectory(node) ? 0 : node.content.length;
        return { size, mtimeMs: node.mtimeMs };
      }),
    touch: (path) =>
      run(`touch ${path}`, () => {
        tree.fileAt(path).mtimeMs = Date.now();
      }),
    makeDirectorySync: (path) =>
      runSync(`makeDirectorySync ${path}`, () => tree.directoryAt(path, true)),
    writeSync: (path, bytes) =>
      runSync(
        `writeSync ${path}`,
        () => tree.put(path, bytes),
        () => tree.put(path, bytes.subarray(0, bytes.length / 2)),
      ),
    renameSync: (from, to) =>
      runSync(`renameSync ${from}`, () => tree.rename(from, to)),
    syncDirectorySync: (path) =>
      runSync(`syncDirectorySync ${path}`, () => tree.syncNames(path)),
    removeAllSync: (path) => {
      if (!hasEnded && tree.find(path)) tree.delete(path);
    },
  };
}

function append(file: FileNode, bytes: Uint8Array): void {
  file.content = Buffer.concat([file.content, bytes]);
}
