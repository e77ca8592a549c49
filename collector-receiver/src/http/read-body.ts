import type { IncomingMessage } from 'node:http';
import { overloaded, tooLarge } from './body-read';
import type { BodyLimits, BodyRead } from './body-read';
import { compressionOf } from './compression';
import { flow } from './flow';
import { createGatherer } from './gather';
import { readCompressed } from './read-compressed';

/**
 * Reads and decompresses a request body within the limits. What is over them is refused as early as that is known.
 *
 * @param onBegin called once nothing speaks against the body any more; a client that waits for 100 Continue sends it then
 */
export async function readBody(
  request: IncomingMessage,
  limits: BodyLimits,
  onBegin: () => void,
): Promise<BodyRead> {
  const compression = compressionOf(request.headers['content-encoding']);
  if (compression.status === 'unsupported')
    return { status: 'failed', failure: 'unsupported-compression' };
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > limits.maxBytes) return tooLarge(limits.maxBytes);
  // Looked at, not taken: bytes count when they come, so that announcing many costs nobody else anything.
  if (!limits.share.hasRoomFor(announced)) return overloaded;
  onBegin();
  if (compression.status === 'compressed')
    return readCompressed(request, compression.createStream, limits);
  const wire = createGatherer(limits);
  const notRead = await flow(request, wire.add);
  return notRead ?? { status: 'read', bytes: wire.bytes() };
}
