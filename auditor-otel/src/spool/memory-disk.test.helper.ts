import { join } from 'node:path';
import { memoryProcess } from './memory-process.test.helper';
import type { Event, MemoryProcess } from './memory-process.test.helper';
import { isDirectory, MemoryTree } from './memory-tree.test.helper';
import type { Fate, Node } from './memory-tree.test.helper';

/** A disk in memory that several processes may use, and that knows what a crash leaves of it. */
export class MemoryDisk {
  /** What no process may do and one did. */
  readonly violations: string[] = [];
  private readonly tree: MemoryTree;

  constructor(tree: MemoryTree = new MemoryTree()) {
    this.tree = tree;
  }

  /** What is there after a crash now; this disk stays as it is. */
  afterCrash(fate: Fate): MemoryDisk {
    return new MemoryDisk(this.tree.afterCrash(fate));
  }

  /** The paths of all files. */
  files(): string[] {
    return pathsIn('/', this.tree.root, false).sort();
  }

  /** The paths of all files and of directories that are empty. */
  left(): string[] {
    return pathsIn('/', this.tree.root, true).sort();
  }

  /** The content of a file, to look at or to damage. */
  contentOf(path: string): Buffer {
    return this.tree.fileAt(path).content;
  }

  /** Puts a file there as a person would, with its directories. */
  put(path: string, content: Buffer | string): void {
    this.tree.put(path, Buffer.from(content));
    this.tree.syncParent(path);
  }

  /** Moves a file or directory as a person would. */
  move(from: string, to: string): void {
    this.tree.rename(from, to);
    for (const path of [from, to]) this.tree.syncParent(path);
  }

  /** A process that uses this disk. */
  process(
    event?: Event | ((call: string, count: number) => Event | undefined),
  ): MemoryProcess {
    return memoryProcess(this.tree, this.violations, event);
  }
}

function pathsIn(path: string, node: Node, alsoEmpty: boolean): string[] {
  if (!isDirectory(node)) return [path];
  if (alsoEmpty && node.names.size === 0) return [path];
  return [...node.names].flatMap(([name, at]) =>
    pathsIn(join(path, name), at, alsoEmpty),
  );
}
