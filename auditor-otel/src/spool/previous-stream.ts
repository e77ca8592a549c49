import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** The file of a service that has a line for each stream that was begun. */
const STREAMS = 'streams';
/** Of the file; then only what is needed is kept of it. */
const MAX_BYTES = 64 * 1024;

/**
 * Notes that a stream begins, and tells which began before it with the same spool. A receiver that never hears of that one
 * knows that it was lost. Undefined for the first, and where the file cannot be written.
 *
 * @param root the directory of the service
 */
export function previousStream(
  root: string,
  streamId: string,
): string | undefined {
  try {
    mkdirSync(root, { recursive: true, mode: 0o700 });
    keepOutOfGit(root);
    const path = join(root, STREAMS);
    // Of processes that begin at the same time each finds another line before its own.
    appendFileSync(path, `${streamId}\n`, { mode: 0o600 });
    const text = readFileSync(path, 'utf8');
    const lines = text.split('\n');
    if (text.length > MAX_BYTES) writeFileSync(path, `${streamId}\n`);
    return lines[lines.lastIndexOf(streamId) - 1];
  } catch {
    return undefined;
  }
}

/** The spool is under the working directory by default, which may be somebody's repository. */
function keepOutOfGit(root: string): void {
  try {
    writeFileSync(join(root, '.gitignore'), '*\n', { flag: 'wx' });
  } catch {
    // There is one.
  }
}
