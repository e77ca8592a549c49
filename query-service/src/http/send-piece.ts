import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

/**
 * Sends a piece of an answer and waits until the client has room for the next.
 *
 * @param stalledMs a client that takes nothing at all for so long is cut off
 * @throws when the client has gone, was cut off, or `signal` says to stop
 */
export async function sendPiece(
  res: ServerResponse,
  piece: string | Uint8Array,
  { stalledMs, signal }: { stalledMs: number; signal: AbortSignal },
): Promise<void> {
  signal.throwIfAborted();
  if (res.write(piece)) return;
  // Node's own clock starts again with each byte that goes, so who is slow is not cut off.
  res.setTimeout(stalledMs);
  try {
    await once(res, 'drain', { signal });
  } finally {
    res.setTimeout(0);
  }
}
