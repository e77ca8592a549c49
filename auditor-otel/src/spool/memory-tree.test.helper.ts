import { dirname } from 'node:path';
import { randomOf } from './random.test.helper';

/** What a crash makes of that which was not synced: all gone, all there, or each thing by chance, files torn at any byte. */
export type Fate = 'lost' | 'kept' | { seed: number };

/** A file. */
export interface FileNode {
  content: Buffer;
  /** How much of it is on the disk for certain. */
  syncedBytes: number;
  mtimeMs: number;
  /** Its sync or a write failed: nobody may use it again. */
  hasFailed: boolean;
}

interface DirectoryNode {
  /** When a name in it was changed last. */
  mtimeMs: number;
  names: Map<string, Node>;
  synced: Map<string, Node>;
  /** Changes of names since it was synced, each of which a crash keeps or loses. */
  changes: ((names: Map<string, Node>) => void)[];
}

export type Node = FileNode | DirectoryNode;

/** What is on a disk in memory, and what of it would survive a crash. */
export class MemoryTree {
  readonly root: DirectoryNode;

  constructor(root: DirectoryNode = newDirectory()) {
    this.root = root;
  }

  /** What is there after a crash now; this one stays as it is. */
  afterCrash(fate: Fate): MemoryTree {
    const random = typeof fate === 'object' ? randomOf(fate.seed) : undefined;
    const isKept = () => (random ? random() < 0.5 : fate === 'kept');
    const copyOf = (node: Node): Node => {
      if (!isDirectory(node)) return copyOfFile(node);
      const names = new Map(node.synced);
      for (const change of node.changes) if (isKept()) change(names);
      const copies = new Map(
        [...names].map(([name, at]) => [name, copyOf(at)]),
      );
      const { mtimeMs } = node;
      return { names: copies, synced: new Map(copies), changes: [], mtimeMs };
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
    return new MemoryTree(copyOf(this.root) as DirectoryNode);
  }

  find(path: string): Node | undefined {
    let node: Node | undefined = this.root;
    for (const name of path.split('/').filter(Boolean))
      node = node && isDirectory(node) ? node.names.get(name) : undefined;
    return node;
  }

  nodeAt(path: string): Node {
    const node = this.find(path);
    if (!node) throw errorOf('ENOENT', path);
    return node;
  }

  fileAt(path: string): FileNode {
    const node = this.nodeAt(path);
    if (isDirectory(node)) throw errorOf('EISDIR', path);
    return node;
  }

  /** @param make whether it is made where it is missing, its name on the disk */
  directoryAt(path: string, make = false): DirectoryNode {
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

  set(path: string, node: Node): void {
    this.change(dirname(path), (names) => names.set(nameOf(path), node));
  }

  /** Makes a file with its directories, and has its bytes on the disk, but not its name. */
  put(path: string, bytes: Uint8Array): void {
    this.directoryAt(dirname(path), true);
    const content = Buffer.from(bytes);
    this.set(path, { ...newFile(), content, syncedBytes: content.length });
  }

  delete(path: string): void {
    this.change(dirname(path), (names) => names.delete(nameOf(path)));
  }

  private change(
    path: string,
    change: (names: Map<string, Node>) => void,
  ): void {
    const directory = this.directoryAt(path);
    change(directory.names);
    directory.mtimeMs = Date.now();
    directory.changes.push(change);
  }

  rename(from: string, to: string): void {
    const node = this.nodeAt(from);
    if (dirname(from) === dirname(to))
      return this.change(dirname(from), (names) => {
        names.delete(nameOf(from));
        names.set(nameOf(to), node);
      });
    this.set(to, node);
    this.delete(from);
  }

  syncParent(path: string): void {
    this.syncNames(dirname(path));
  }

  syncNames(path: string): void {
    const directory = this.directoryAt(path);
    directory.synced = new Map(directory.names);
    directory.changes = [];
  }
}

/** An empty file. */
export function newFile(): FileNode {
  return {
    content: Buffer.alloc(0),
    syncedBytes: 0,
    mtimeMs: Date.now(),
    hasFailed: false,
  };
}

function newDirectory(): DirectoryNode {
  return {
    names: new Map(),
    synced: new Map(),
    changes: [],
    mtimeMs: Date.now(),
  };
}

/** Whether it is a directory. */
export function isDirectory(node: Node): node is DirectoryNode {
  return 'names' in node;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** What the operating system would throw. */
export function errorOf(code: string, what: string): Error {
  return Object.assign(new Error(`${code}: ${what}`), { code });
}
