import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What a spool has where nothing waits in it. */
const KEPT = ['streams', '.gitignore'];

/**
 * What is still in the spool of a service, but for files that are kept because nothing can be read of them: of a process
 * that was killed while it exited. These are counted.
 */
export function leftIn(service: string): { left: string[]; damaged: number } {
  const left: string[] = [];
  let damaged = 0;
  for (const name of readdirSync(service)) {
    if (KEPT.includes(name)) continue;
    const files = readdirSync(join(service, name));
    // What was cut off by a kill, and cannot be read, is kept for somebody to look at.
    if (name === 'damaged') damaged += files.length;
    else left.push(`${name} with ${files.join(', ') || 'nothing in it'}`);
  }
  return { left, damaged };
}
