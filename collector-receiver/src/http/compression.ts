import * as zlib from 'node:zlib';
import type { Transform } from 'node:stream';

type CreateStream = () => Transform;

/** Large chunks, because each one is a trip to the thread pool. */
const chunkSize = 256 * 1024;

const streams = new Map<string, CreateStream | undefined>([
  ['', undefined],
  ['identity', undefined],
  ['gzip', () => zlib.createGunzip({ chunkSize })],
  ['x-gzip', () => zlib.createGunzip({ chunkSize })],
  ['deflate', () => zlib.createInflate({ chunkSize })],
]);
// Since Node.js 22.15.
if (typeof zlib.createZstdDecompress === 'function')
  streams.set('zstd', () => zlib.createZstdDecompress({ chunkSize }));

/** How a body is compressed: `plain`, `compressed`, or in a way that this receiver does not know. */
export type Compression =
  | { status: 'plain' }
  | { status: 'compressed'; createStream: CreateStream }
  | { status: 'unsupported' };

/** What a Content-Encoding names, in any case. Two codings in a row are not supported. */
export function compressionOf(
  contentEncoding: string | undefined,
): Compression {
  const coding = (contentEncoding ?? '').trim().toLowerCase();
  if (!streams.has(coding)) return { status: 'unsupported' };
  const createStream = streams.get(coding);
  return createStream
    ? { status: 'compressed', createStream }
    : { status: 'plain' };
}
