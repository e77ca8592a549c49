import type { Readable, Transform } from 'node:stream';
import { messageOf } from '../message-of';
import type { BodyNotRead } from './body-read';

/** A stream, or a request, which knows that it is complete before it is read to its end. */
export type Body = Readable & { complete?: boolean };

/** Looks at a chunk; what it returns ends the flow. */
type OnChunk = (chunk: Buffer) => BodyNotRead | undefined;

/**
 * Shows a body chunk by chunk: as it comes over the wire, and as it comes out of a decompressor, if one is given.
 * Afterwards nothing listens to the request any more, which may outlive its refusal.
 *
 * @returns undefined when the body is complete
 */
export function flow(
  request: Body,
  onWire: OnChunk,
  decompressor?: Transform,
  onDecompressed: OnChunk = () => undefined,
): Promise<BodyNotRead | undefined> {
  return new Promise((resolve) => {
    let isEmpty = true;
    const finish = (result?: BodyNotRead) => {
      request.off('data', onData).off('end', onEnd).off('close', onClose);
      if (decompressor) {
        request.unpipe(decompressor);
        decompressor.destroy();
      }
      resolve(result);
    };
    const onData = (chunk: Buffer) => {
      isEmpty = false;
      const result = onWire(chunk);
      if (result) finish(result);
    };
    const onEnd = () => {
      // No bytes at all are an empty body, whatever they are said to be compressed with.
      if (!decompressor || isEmpty) finish();
    };
    const onClose = () => {
      if (!(request.complete ?? request.readableEnded))
        finish({ status: 'gone' });
    };
    request.on('data', onData).on('end', onEnd).on('close', onClose);
    // A request without an error listener would end the process when its client goes away.
    request.on('error', ignore);
    if (!decompressor) return;
    request.pipe(decompressor);
    decompressor.on('data', (chunk: Buffer) => {
      const result = onDecompressed(chunk);
      if (result) finish(result);
    });
    decompressor.on('end', () => finish());
    decompressor.on('error', (error) => finish(corrupt(error)));
  });
}

function ignore(): void {}

function corrupt(error: Error): BodyNotRead {
  return {
    status: 'failed',
    failure: 'corrupt-compression',
    message: `cannot decompress the body: ${messageOf(error)}`,
  };
}
