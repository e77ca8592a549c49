import { Readable } from 'node:stream';
import { connectionTimes } from '../connection-times';
import { overloaded, tooLarge } from '../http/body-read';
import type { BodyLimits, BodyNotRead, BodyRead } from '../http/body-read';
import { compressionOf } from '../http/compression';
import { readCompressed } from '../http/read-compressed';

export interface ReadMessageOptions {
  /** The header grpc-encoding. */
  encoding: string | undefined;
  limits: BodyLimits;
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
  { encoding, limits }: ReadMessageOptions,
): Promise<BodyRead> {
  const compression = compressionOf(encoding);
  let compressed = false;
  const wire = await readFrame(stream, limits, (prefix) => {
    compressed = prefix.compressed !== 0;
    if (prefix.compressed > 1) return malformed('an unknown compressed flag');
    if (compressed && compression.status === 'unsupported')
      return { status: 'failed', failure: 'unsupported-compression' };
    if (compressed && compression.status === 'plain')
      return malformed('a compressed message without grpc-encoding');
    if (prefix.length > limits.maxBytes) return tooLarge(limits.maxBytes);
    return limits.share.hasRoomFor(prefix.length) ? undefined : overloaded;
  });
  const isPlain = !compressed || compression.status !== 'compressed';
  if (wire.status !== 'read' || isPlain) return wire;
  // They are taken from the budget again as they are read again.
  limits.share.giveBack(wire.bytes.length);
  const source = Readable.from([wire.bytes]);
  return readCompressed(source, compression.createStream, limits);
}

/** Gathers the message as it comes; `check` may end that with another result once its length is known. */
function readFrame(
  stream: Readable,
  { share }: BodyLimits,
  check: (prefix: Prefix) => BodyNotRead | undefined,
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
      if (!share.take(chunk.length)) return finish(overloaded);
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

function malformed(actual: string): BodyNotRead {
  return {
    status: 'failed',
    failure: 'malformed',
    message: `expected one message of gRPC, got ${actual}`,
  };
}
