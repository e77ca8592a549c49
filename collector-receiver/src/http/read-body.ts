import type { IncomingMessage } from 'node:http';
import type { FailureName } from '../failure';
import type { BudgetShare } from './byte-budget';
import { compressionOf, decompress } from './decompress';

export interface ReadBodyOptions {
  /** Of the body as it comes and as it is after decompression. */
  maxBytes: number;
  share: BudgetShare;
  /** Called once nothing speaks against the body any more; a client that waits for 100 Continue sends it then. */
  onBegin: () => void;
}

export type BodyRead =
  | { status: 'read'; bytes: Buffer }
  | { status: 'failed'; failure: FailureName; message?: string | undefined }
  /** The client went away; nobody waits for an answer. */
  | { status: 'gone' };

/** Reads and decompresses a request body within the limits. What is over them is refused as early as it is known. */
export async function readBody(
  request: IncomingMessage,
  { maxBytes, share, onBegin }: ReadBodyOptions,
): Promise<BodyRead> {
  const compression = compressionOf(request.headers['content-encoding']);
  if (compression.status === 'unsupported')
    return { status: 'failed', failure: 'unsupported-compression' };
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > maxBytes) return tooLarge(maxBytes);
  if (!share.take(announced))
    return { status: 'failed', failure: 'overloaded' };
  onBegin();
  const wire = await readWire(request, (total, size) => {
    if (total > maxBytes) return tooLarge(maxBytes);
    // What was announced is taken already.
    const isTaken = total <= announced || share.take(size);
    return isTaken ? undefined : { status: 'failed', failure: 'overloaded' };
  });
  if (wire.status !== 'read' || compression.status === 'plain') return wire;
  return inflate(wire.bytes, compression.createStream, maxBytes, share);
}

/** Decompresses what has come, within the same limits. */
export async function inflate(
  bytes: Buffer,
  createStream: Parameters<typeof decompress>[1],
  maxBytes: number,
  share: BudgetShare,
): Promise<BodyRead> {
  let total = 0;
  const inflated = await decompress(bytes, createStream, (size) => {
    total += size;
    return total <= maxBytes && share.take(size);
  });
  if (inflated.status === 'read') return inflated;
  if (inflated.status === 'corrupt')
    return {
      status: 'failed',
      failure: 'corrupt-compression',
      message: `cannot decompress the body: ${inflated.reason}`,
    };
  if (total > maxBytes) return tooLarge(maxBytes);
  return { status: 'failed', failure: 'overloaded' };
}

/** Gathers the body as it comes; `check` may end that with another result. */
function readWire(
  request: IncomingMessage,
  check: (total: number, size: number) => BodyRead | undefined,
): Promise<BodyRead> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let total = 0;
    const finish = (result: BodyRead) => {
      request.off('data', onData).off('end', onEnd).off('close', onGone);
      resolve(result);
    };
    const onData = (chunk: Buffer) => {
      total += chunk.length;
      const refusal = check(total, chunk.length);
      if (refusal) return finish(refusal);
      chunks.push(chunk);
    };
    const onEnd = () =>
      finish({
        status: 'read',
        bytes: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks),
      });
    const onGone = () => finish({ status: 'gone' });
    request.on('data', onData).on('end', onEnd).on('close', onGone);
    // A request without an error listener would end the process when its client goes away.
    request.on('error', onGone);
  });
}

export function tooLarge(maxBytes: number): BodyRead {
  return {
    status: 'failed',
    failure: 'too-large',
    message: `expected a body of at most ${maxBytes} bytes, also when decompressed (AUDIT_RECEIVER_MAX_BODY_BYTES): send smaller batches`,
  };
}
