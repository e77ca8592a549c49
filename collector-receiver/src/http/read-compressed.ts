import { Readable } from 'node:stream';
import type { Transform } from 'node:stream';
import { overloaded, tooLarge } from './body-read';
import type { BodyLimits, BodyRead } from './body-read';
import { flow } from './flow';
import type { Body } from './flow';
import { createGatherer } from './gather';

/** Up to this size the decompressed bytes are kept as they come: most bodies are that small. */
const KEPT_BYTES = 1024 * 1024;
/** After each chunk of a larger one, in milliseconds: one sender of such bodies must not take the CPU from the others. */
const PAUSE_MS = 2;

/**
 * Reads and decompresses a body. A large one is decompressed twice, first only to see how large it is: so a small body
 * that inflates without end costs neither memory nor anything of the budget, and is refused at the first chunk over
 * the limit; and a large one that is allowed costs its size once.
 */
export async function readCompressed(
  request: Body,
  createDecompressor: () => Transform,
  limits: BodyLimits,
): Promise<BodyRead> {
  const wire = createGatherer(limits);
  const kept = createGatherer(limits);
  let size = 0;
  const decompressor = createDecompressor();
  const notRead = await flow(request, wire.add, decompressor, (chunk) => {
    size += chunk.length;
    if (size > limits.maxBytes) return tooLarge(limits.maxBytes);
    if (size <= KEPT_BYTES) return kept.add(chunk);
    kept.drop();
    decompressor.pause();
    setTimeout(() => decompressor.resume(), PAUSE_MS);
    return undefined;
  });
  if (notRead) return notRead;
  if (size > KEPT_BYTES && !limits.share.take(size)) return overloaded;
  const bytes =
    size > KEPT_BYTES
      ? await decompress(wire.chunks, createDecompressor(), size)
      : kept.bytes();
  wire.drop();
  return { status: 'read', bytes };
}

async function decompress(
  wire: readonly Buffer[],
  decompressor: Transform,
  size: number,
): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(size);
  let at = 0;
  for await (const chunk of Readable.from(wire).pipe(decompressor))
    at += (chunk as Buffer).copy(bytes, at);
  return bytes;
}
