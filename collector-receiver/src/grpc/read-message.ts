import type { Readable } from 'node:stream';
import { connectionTimes } from '../connection-times';
import type { BudgetShare } from '../http/byte-budget';
import { compressionOf } from '../http/decompress';
import { inflate, tooLarge } from '../http/read-body';
import type { BodyRead } from '../http/read-body';

export interface ReadMessageOptions {
  /** The header grpc-encoding. */
  encoding: string | undefined;
  /** Of the message as it comes and as it is after decompression. */
  maxBytes: number;
  share: BudgetShare;
}

/** Before each message: whether it is compressed, and its length as a 32-bit integer. */
const PREFIX_BYTES = 5;

interface Prefix {
  compressed: number;
  length: number;
}

/**
 * Reads and decompresses the one message of a unary call within the limits. What is over them is refused as soon as
 * its length is known, before it is read.
 *
 * @see https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
 */
export async function readMessage(
  stream: Readable,
  { encoding, maxBytes, share }: ReadMessageOptions,
): Promise<BodyRead> {
  const compression = compressionOf(encoding);
  let compressed = false;
  const wire = await readFrame(stream, (prefix) => {
    compressed = prefix.compressed !== 0;
    if (prefix.compressed > 1) return malformed('an unknown compressed flag');
    if (compressed && compression.status === 'unsupported')
      return { status: 'failed', failure: 'unsupported-compression' };
    if (compressed && compression.status === 'plain')
      return malformed('a compressed message without grpc-encoding');
    if (prefix.length > maxBytes) return tooLarge(maxBytes);
    if (!share.take(prefix.length))
      return { status: 'failed', failure: 'overloaded' };
    return undefined;
  });
  const isPlain = !compressed || compression.status !== 'compressed';
  if (wire.status !== 'read' || isPlain) return wire;
  return inflate(wire.bytes, compression.createStream, maxBytes, share);
}

/** Gathers the message as it comes; `check` may end that with another result once its length is known. */
function readFrame(
  stream: Readable,
  check: (prefix: Prefix) => BodyRead | undefined,
): Promise<BodyRead> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let total = 0;
    let expected: number | undefined;
    const finish = (result: BodyRead) => {
      clearTimeout(timer);
      stream.off('data', onData).off('end', onEnd).off('close', onGone);
      resolve(result);
    };
    const onData = (chunk: Buffer) => {
      chunks.push(chunk);
      total += chunk.length;
      if (expected === undefined && total >= PREFIX_BYTES) {
        const prefix = prefixOf(Buffer.concat(chunks));
        const refusal = check(prefix);
        if (refusal) return finish(refusal);
        expected = PREFIX_BYTES + prefix.length;
      }
      if (total > (expected ?? total)) finish(malformed('more than one'));
    };
    const onEnd = () =>
      finish(
        total === expected
          ? {
              status: 'read',
              bytes: Buffer.concat(chunks, total).subarray(PREFIX_BYTES),
            }
          : malformed(total === 0 ? 'none' : 'a part of one'),
      );
    const onGone = () => finish({ status: 'gone' });
    const timer = setTimeout(finish, connectionTimes.request, {
      status: 'failed',
      failure: 'too-slow',
    } satisfies BodyRead);
    stream.on('data', onData).on('end', onEnd).on('close', onGone);
  });
}

function prefixOf(bytes: Buffer): Prefix {
  return { compressed: bytes[0]!, length: bytes.readUInt32BE(1) };
}

function malformed(actual: string): BodyRead {
  return {
    status: 'failed',
    failure: 'malformed',
    message: `expected one message of gRPC, got ${actual}`,
  };
}
