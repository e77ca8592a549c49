import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const MAX_OUTPUT = 64 * 1024 * 1024;

/** Where programs are kept that are built for tests. */
export const CACHE = join(
  process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'),
  'otel-audit',
);

/** A program that Go makes. */
export interface GoProgram {
  /** In the cache; another version needs another name. */
  name: string;
  /** Arguments of `go` that put programs into the folder of GOBIN, or of the last argument, which is `{folder}`. */
  args: string[];
  cwd?: string | undefined;
  /** Takes a minute or more the first time, so it is said. */
  says: string;
}

/**
 * The folder with the program, built by the first who asks. Two who build at once do not disturb each other.
 *
 * @throws with what Go said
 */
export async function goProgram(program: GoProgram): Promise<string> {
  const folder = join(CACHE, program.name);
  if (existsSync(folder)) return folder;
  await mkdir(dirname(folder), { recursive: true });
  const partial = await mkdtemp(`${folder}.`);
  console.log(program.says);
  const args = program.args.map((arg) => arg.replace('{folder}', partial));
  try {
    await run('go', args, {
      cwd: program.cwd,
      env: { ...process.env, GOBIN: partial, GOFLAGS: '-buildvcs=false' },
      maxBuffer: MAX_OUTPUT,
    });
    await rename(partial, folder).catch((error: unknown) => {
      // Somebody else was faster.
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return folder;
}
