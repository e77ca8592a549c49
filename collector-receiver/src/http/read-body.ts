import type { IncomingMessage } from 'node:http';
import type { Transform } from 'node:stream';
import type { FailureName } from '../failure';
import { messageOf } from '../message-of';
import type { BudgetShare } from './byte-budget';
import { compressionOf } from './compression';

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

const overloaded: BodyRead = { status: 'failed', failure: 'overloaded' };

/**
 * Reads a request body within the limits and decompresses it on the way. What is over them is refused as early as that
 * is known: a body that would inflate without end, at the first chunk over the limit.
 */
export async function readBody(
  request: IncomingMessage,
  { maxBytes, share, onBegin }: ReadBodyOptions,
): Promise<BodyRead> {
  const compression = compressionOf(request.headers['content-encoding']);
  if (compression.status === 'unsupported')
    return { status: 'failed', failure: 'unsupported-compression' };
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > maxBytes) return tooLarge(maxBytes);
  // Looked at, not taken: bytes count when they come, so that announcing many costs nobody else anything.
  if (!share.hasRoomFor(announced)) return overloaded;
  onBegin();
  const decompressor =
    compression.status === 'plain' ? undefined : compression.createStream();
  return gather(request, decompressor, maxBytes, share);
}

/** Keeps what comes out of the decompressor, of the request itself where there is none. */
function gather(
  request: IncomingMessage,
  decompressor: Transform | undefined,
  maxBytes: number,
  share: BudgetShare,
): Promise<BodyRead> {
  return new Promise((resolve) => {
    const source = decompressor ?? request;
    const chunks: Buffer[] = [];
    let received = 0;
    let kept = 0;
    const finish = (result: BodyRead) => {
      request.off('data', count);
      source.off('data', keep).off('end', onEnd);
      if (decompressor) {
        request.unpipe(decompressor);
        decompressor.destroy();
      }
      // The request may outlive a refusal, and its listeners hold on to this list.
      chunks.length = 0;
      resolve(result);
    };
    const count = (chunk: Buffer) => {
      received += chunk.length;
      if (received > maxBytes) finish(tooLarge(maxBytes));
    };
    const keep = (chunk: Buffer) => {
      kept += chunk.length;
      if (kept > maxBytes) finish(tooLarge(maxBytes));
      else if (!share.take(chunk.length)) finish(overloaded);
      else chunks.push(chunk);
    };
    const onEnd = () => finish({ status: 'read', bytes: joined(chunks) });
    const onCorrupt = (error: Error) =>
      // No bytes at all are an empty body, whatever it is said to be compressed with.
      received === 0 ? onEnd() : finish(corrupt(error));
    const onGone = () => {
      if (!request.complete) finish({ status: 'gone' });
    };
    request.on('data', count).on('close', onGone);
    // A request without an error listener would end the process when its client goes away.
    request.on('error', onGone);
    source.on('data', keep).on('end', onEnd);
    if (decompressor) request.pipe(decompressor).on('error', onCorrupt);
  });
}

function joined(chunks: Buffer[]): Buffer {
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
}

function corrupt(error: Error): BodyRead {
  return {
    status: 'failed',
    failure: 'corrupt-compression',
    message: `cannot decompress the body: ${messageOf(error)}`,
  };
}

function tooLarge(maxBytes: number): BodyRead {
  return {
    status: 'failed',
    failure: 'too-large',
    message: `expected a body of at most ${maxBytes} bytes, also when decompressed (AUDIT_RECEIVER_MAX_BODY_BYTES): send smaller batches`,
  };
}
