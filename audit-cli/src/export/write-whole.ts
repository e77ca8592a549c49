import { rmSync } from 'node:fs';
import { lstat, open, rename } from 'node:fs/promises';
import { notAsked, wrongUsage } from '../failure';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Writes a file under another name beside it, and gives it its own only when it is whole and on the disk. Whatever goes wrong before
 * that, a signal included, leaves nothing behind, and a file of that name as it was. Only its owner may read it.
 *
 * @throws Failure wrong usage when there cannot be such a file, or something else has the name; not to the end when there is no room
 * for it; what `fill` throws
 * @example
 * await writeWhole('events.ndjson', (write) => pipeTo(write));
 */
export async function writeWhole<T>(
  path: string,
  fill: (write: (bytes: Uint8Array) => Promise<void>) => Promise<T>,
): Promise<T> {
  await refuseOthers(path);
  const partial = `${path}.${process.pid}.partial`;
  const remove = () => rmSync(partial, { force: true });
  const onSignal = (signal: NodeJS.Signals) => {
    remove();
    // Nobody handles it any more, so it ends the process as it would have without us.
    process.kill(process.pid, signal);
  };
  const file = await open(partial, 'wx', 0o600).catch((error: Error) => {
    throw wrongUsage(`cannot write ${path}: ${error.message}`, error);
  });
  for (const signal of SIGNALS) process.once(signal, onSignal);
  try {
    const result = await fill((bytes) => written(path, file.writeFile(bytes)));
    await written(path, file.sync());
    await written(path, file.close());
    await written(path, rename(partial, path));
    return result;
  } catch (error) {
    await file.close().catch(() => undefined);
    remove();
    throw error;
  } finally {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  }
}

/** The new file takes the place of what has its name: of a device, a pipe or a link that would be its end. */
async function refuseOthers(path: string): Promise<void> {
  const there = await lstat(path).catch(() => undefined);
  if (there && !there.isFile())
    throw wrongUsage(
      `cannot write ${path}: it is not a file; send it into a pipe instead`,
    );
}

/** A disk that is full or breaks is no wrong usage. */
async function written(path: string, step: Promise<void>): Promise<void> {
  try {
    await step;
  } catch (error) {
    throw notAsked(`cannot write ${path}: ${(error as Error).message}`, error);
  }
}
