import type { Frame } from '../outbox';
import type { MemoryDisk } from './memory-disk.test.helper';
import { aFrame, aSpool, pass } from './spool.test.helper';
import type { TestSpool } from './spool.test.helper';

/** Two or three records of the usual size. */
export const segmentMaxBytes = 600;
export const ids = (frames: readonly Frame[]) =>
  frames.map(({ id }) => id).sort();
export const seg = (disk: MemoryDisk) =>
  disk.files().filter((path) => path.endsWith('.seg'));

/** A spool whose process knows which others are gone. */
export function aProcess(
  disk: MemoryDisk,
  stream: number,
  gone: readonly string[] = [],
  name = `${stream}.0.here`,
): TestSpool {
  const identity = { name, isGone: (one: string) => gone.includes(one) };
  return aSpool(disk.process(), { stream, identity, segmentMaxBytes });
}

/** Frames of a stream of their own, so that all ids differ. */
export const framesOf = (stream: number, count = 3) =>
  Array.from({ length: count }, (_, i) =>
    aFrame(i, 'high', 100, `${stream}-${i}`),
  );

export async function close({ spool }: TestSpool): Promise<void> {
  const closed = spool.close();
  await pass(10);
  await closed;
}
