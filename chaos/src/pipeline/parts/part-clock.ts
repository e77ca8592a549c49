import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The clock of a part of the pipeline, which can be set wrong. */
export interface PartClock {
  /** Node's own options for the part's process, and its environment. */
  nodeArgs: readonly string[];
  env: Record<string, string>;
  /** By so many milliseconds; the process learns of it at its next start, or by SIGUSR2. */
  shift(ms: number): void;
}

/** A clock that is right at first. */
export function createPartClock(folder: string, name: string): PartClock {
  const file = join(folder, `${name}.clock`);
  const shift = (ms: number) => writeFileSync(file, String(ms));
  shift(0);
  return {
    nodeArgs: ['--require', join(__dirname, 'shifted-clock.js')],
    env: { CHAOS_CLOCK_FILE: file },
    shift,
  };
}
