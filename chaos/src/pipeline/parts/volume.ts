import { execFileSync } from 'node:child_process';
import { mkdirSync, statfsSync } from 'node:fs';
import { settings } from '../settings';

/** A file system of its own that can become full. */
export interface Volume {
  folder: string;
  /** From now on nothing can be added. */
  fill(): void;
  /** There is room again. */
  empty(): void;
  /** Unmounts it; what is in it is gone. */
  remove(): void;
}

const TRIES = 20;

/**
 * Mounts a volume in memory, of which no more is taken than is written.
 *
 * @returns undefined where that cannot be done: not on Linux, or not as root
 */
export function mountVolume(folder: string, bytes: number): Volume | undefined {
  mkdirSync(folder, { recursive: true });
  try {
    run(
      'mount',
      '-t',
      'tmpfs',
      '-o',
      `size=${bytes},mode=755`,
      'tmpfs',
      folder,
    );
  } catch {
    return undefined;
  }
  return {
    folder,
    fill() {
      // What is written meanwhile makes the size too small, and that is refused.
      for (let tries = 1; ; tries++)
        try {
          const { blocks, bfree, bsize } = statfsSync(folder);
          const used = (blocks - bfree) * bsize;
          return resize(used + tries * settings.roomWhenFullBytes);
        } catch (error) {
          if (tries === TRIES) throw error;
        }
    },
    empty: () => resize(bytes),
    remove: () => run('umount', '--lazy', folder),
  };

  function resize(size: number): void {
    run('mount', '-o', `remount,size=${size}`, folder);
  }
}

function run(program: string, ...args: string[]): void {
  execFileSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
