import { dirname, join } from 'node:path';
import type { AppendFile, FileSystem } from './file-system';
import { randomOf } from './random.test.helper';

/** What a crash makes of that which was not synced: all gone, all there, or each thing by chance, files torn at any byte. */
export type Fate = 'lost' | 'kept' | { seed: number };

/** What happens at the n-th call of a process, counted from 1. */
export type Event =
  | { at: number; what: 'crash-before' | 'crash-after' }
  | { at: number; what: 'fail'; code: string };

interface FileNode {
  content: Buffer;
  /** How much of it is on the disk for certain. */
  syncedBytes: number;
  mtimeMs: number;
  /** Its sync or a write failed: nobody may use it again. */
  hasFailed: boolean;
}

interface DirectoryNode {
  names: Map<string, Node>;
  synced: Map<string, Node>;
  /** Changes of names since it was synced, each of which a crash keeps or loses. */
  changes: ((names: Map<string, Node>) => void)[];
}

type Node = FileNode | DirectoryNode;

/** A FileSystem of one process on a disk in memory. */
export interface MemoryProcess extends FileSystem {
  /** Calls so far, for messages. */
  calls: string[];
  /** Whether its world has ended: its calls do nothing and never return. */
  hasEnded(): boolean;
}

/** A disk in memory that several processes may use, and that knows what a crash leaves of it. */
export class MemoryDisk {
  /** What no process may do and one did. */
  readonly violations: string[] = [];
  private readonly root: DirectoryNode;

  constructor(root: DirectoryNode = newDirectory()) {
    this.root = root;
  }

  /** What is there after a crash now; this disk stays as it is. */
  afterCrash(fate: Fate): MemoryDisk {
    const random = typeof fate === 'object' ? randomOf(fate.seed) : undefined;
    const isKept = () => (random ? random() < 0.5 : fate === 'kept');
    const copyOf = (node: Node): Node => {
      if (!isDirectory(node)) return copyOfFile(node);
      const names = new Map(node.synced);
      for (const change of node.changes) if (isKept()) change(names);
      const copies = new Map(
        [...names].map(([name, at]) => [name, copyOf(at)]),
      );
      return { names: copies, synced: new Map(copies), changes: [] };
    };
    const copyOfFile = (file: FileNode): FileNode => {
      const { length } = file.content;
      const unsynced = length - file.syncedBytes;
      let kept = isKept() ? length : file.syncedBytes;
      if (random && random() < 0.5)
        kept = file.syncedBytes + Math.floor(random() * (unsynced + 1));
      const content = Buffer.from(file.content.subarray(0, kept));
      // The length may be on the disk before what is in it.
      if (random && random() < 0.3) content.fill(0, file.syncedBytes);
      const { mtimeMs } = file;
      return { content, syncedBytes: kept, mtimeMs, hasFailed: false };
    };
    return new MemoryDisk(copyOf(this.root) as DirectoryNode);
  }

  /** The paths of all files. */
  files(): string[] {
    const within = (path: string, node: Node): string[] =>
      isDirectory(node)
        ? [...node.names].flatMap(([name, at]) => within(join(path, name), at))
        : [path];
    return within('/', this.root).sort();
  }

  /** The content of a file, to look at or to damage. */
  contentOf(path: string): Buffer {
    return this.fileAt(path).content;
  }

  /** Puts a file there as a person would, with its directories. */
  put(path: string, content: Buffer | string): void {
    this.directoryAt(dirname(path), true);
    const bytes = Buffer.from(content);
    this.set(path, { ...newFile(), content: bytes, syncedBytes: bytes.length });
    this.syncNames(dirname(path));
  }

  /** Moves a file or directory as a person would. */
  move(from: string, to: string): void {
    this.renameNow(from, to);
    this.syncNames(dirname(from));
    this.syncNames(dirname(to));
  }

  /** A process that uses this disk. */
  process(
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
    const open = (path: string): AppendFile => {
      const file = this.fileAt(path);
      const use = (how: string) => {
        if (file.hasFailed)
          this.violations.push(`${how} of ${path} after it had failed`);
      };
      return {
        append: (bytes) => {
          use('append');
          return run(
            `append ${path}`,
            () => this.append(file, bytes),
            () => {
              this.append(file, bytes.subarray(0, bytes.length / 2));
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
        run(`makeDirectory ${path}`, () => void this.directoryAt(path, true)),
      list: (path) =>
        run(`list ${path}`, () => [...this.directoryAt(path).names.keys()]),
      create: (path) =>
        run(`create ${path}`, () => {
          if (this.find(path)) throw errorOf('EEXIST', path);
          this.set(path, newFile());
          return open(path);
        }),
      read: (path) =>
        run(`read ${path}`, () => Buffer.from(this.fileAt(path).content)),
      rename: (from, to) =>
        run(`rename ${from}`, () => this.renameNow(from, to)),
      remove: (path) =>
        run(`remove ${path}`, () => {
          this.fileAt(path);
          this.delete(path);
        }),
      removeDirectory: (path) =>
        run(`removeDirectory ${path}`, () => {
          if (this.directoryAt(path).names.size > 0)
            throw errorOf('ENOTEMPTY', path);
          this.delete(path);
        }),
      syncDirectory: (path) =>
        run(`syncDirectory ${path}`, () => this.syncNames(path)),
      stat: (path) =>
        run(`stat ${path}`, () => {
          const { content, mtimeMs } = this.fileAt(path);
          return { size: content.length, mtimeMs };
        }),
      touch: (path) =>
        run(`touch ${path}`, () => {
          this.fileAt(path).mtimeMs = Date.now();
        }),
      writeSync: (path, bytes) => {
        if (hasEnded) return;
        const now = begin(`writeSync ${path}`);
        if (now?.what === 'fail') throw errorOf(now.code, path);
        if (now?.what === 'crash-before') hasEnded = true;
        if (hasEnded) return;
        this.put(path, Buffer.from(bytes));
        if (now?.what === 'crash-after') hasEnded = true;
      },
      removeAllSync: (path) => {
        if (!hasEnded && this.find(path)) this.delete(path);
      },
    };
  }

  private append(file: FileNode, bytes: Uint8Array): void {
    file.content = Buffer.concat([file.content, bytes]);
  }

  private find(path: string): Node | undefined {
    let node: Node | undefined = this.root;
    for (const name of path.split('/').filter(Boolean))
      node = node && isDirectory(node) ? node.names.get(name) : undefined;
    return node;
  }

  private fileAt(path: string): FileNode {
    const node = this.find(path);
    if (!node) throw errorOf('ENOENT', path);
    if (isDirectory(node)) throw errorOf('EISDIR', path);
    return node;
  }

  /** @param make whether it is made where it is missing, its name on the disk */
  private directoryAt(path: string, make = false): DirectoryNode {
    const found = this.find(path);
    if (found && !isDirectory(found)) throw errorOf('ENOTDIR', path);
    if (found) return found;
    if (!make) throw errorOf('ENOENT', path);
    const parent = this.directoryAt(dirname(path), true);
    const made = newDirectory();
    parent.names.set(nameOf(path), made);
    parent.synced.set(nameOf(path), made);
    return made;
  }

  private set(path: string, node: Node): void {
    this.change(dirname(path), (names) => names.set(nameOf(path), node));
  }

  private delete(path: string): void {
    this.change(dirname(path), (names) => names.delete(nameOf(path)));
  }

  private change(
    path: string,
    change: (names: Map<string, Node>) => void,
  ): void {
    const directory = this.directoryAt(path);
    change(directory.names);
    directory.changes.push(change);
  }

  private renameNow(from: string, to: string): void {
    const node = this.find(from);
    if (!node) throw errorOf('ENOENT', from);
    if (dirname(from) === dirname(to))
      return this.change(dirname(from), (names) => {
        names.delete(nameOf(from));
        names.set(nameOf(to), node);
      });
    this.set(to, node);
    this.delete(from);
  }

  private syncNames(path: string): void {
    const directory = this.directoryAt(path);
    directory.synced = new Map(directory.names);
    directory.changes = [];
  }
}

function newFile(): FileNode {
  return {
    content: Buffer.alloc(0),
    syncedBytes: 0,
    mtimeMs: Date.now(),
    hasFailed: false,
  };
}

function newDirectory(): DirectoryNode {
  return { names: new Map(), synced: new Map(), changes: [] };
}

function isDirectory(node: Node): node is DirectoryNode {
  return 'names' in node;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function errorOf(code: string, what: string): Error {
  return Object.assign(new Error(`${code}: ${what}`), { code });
}
