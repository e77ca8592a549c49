import { Readable } from 'node:stream';
import { deflateSync, gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { createByteBudget } from '../http/byte-budget';
import { readMessage } from './read-message';

const MAX = 1024;

function frame(message: Uint8Array, compressed = 0): Buffer {
  const prefix = Buffer.from([compressed, 0, 0, 0, 0]);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}

function read(chunks: Uint8Array[], encoding?: string, limit = 4 * MAX) {
  const budget = createByteBudget(limit);
  // Takes the one place outside the budget.
  budget.share().take(limit + 1);
  const stream = Readable.from(chunks, { objectMode: false });
  const limits = { maxBytes: MAX, share: budget.share() };
  const options = { encoding, limits };
  return readMessage(stream, options).then((result) => ({
    result,
    taken: budget.used() - (limit + 1),
  }));
}

describe('readMessage', () => {
  it('reads a message however it is cut and compressed', async () => {
    const codings = fc.constantFrom(undefined, 'identity', 'gzip', 'deflate');
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 200 }),
        codings,
        fc.array(fc.nat(220), { maxLength: 5 }),
        async (message, coding, cuts) => {
          const bytes =
            coding === 'gzip'
              ? frame(gzipSync(message), 1)
              : coding === 'deflate'
                ? frame(deflateSync(message), 1)
                : frame(message);
          const ends = [...cuts, bytes.length].sort((a, b) => a - b);
          const chunks = ends.map((end, i) =>
            bytes.subarray(ends[i - 1] ?? 0, end),
          );
          const { result } = await read(
            chunks.filter(({ length }) => length > 0),
            coding,
          );
          expect(result).toEqual({
            status: 'read',
            bytes: Buffer.from(message),
          });
        },
      ),
    );
  });

  it('gives a failure for whatever else comes, and takes no more than the budget', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 20 })),
        async (chunks) => {
          const { result, taken } = await read(chunks, 'gzip', 64);
          expect(['read', 'failed']).toContain(result.status);
          expect(taken).toBeLessThanOrEqual(64);
        },
      ),
    );
  });

  it.each([
    ['nothing', [], 'malformed', 'expected one message of gRPC, got none'],
    [
      'a part of a message',
      [frame(Buffer.alloc(9)).subarray(0, 13)],
      'malformed',
      'expected one message of gRPC, got a part of one',
    ],
    [
      'two messages',
      [frame(Buffer.alloc(9)), frame(Buffer.alloc(0))],
      'malformed',
      'expected one message of gRPC, got more than one',
    ],
    [
      'an unknown flag',
      [frame(Buffer.alloc(9), 2)],
      'malformed',
      'expected one message of gRPC, got an unknown compressed flag',
    ],
    [
      'a compressed message without encoding',
      [frame(gzipSync('x'), 1)],
      'malformed',
      'expected one message of gRPC, got a compressed message without grpc-encoding',
    ],
  ])('refuses %s', async (_, chunks, failure, message) => {
    const { result } = await read(chunks);
    expect(result).toEqual({ status: 'failed', failure, message });
  });

  it('refuses a message over the limit when it has seen its length', async () => {
    const beginning = frame(Buffer.alloc(MAX + 1)).subarray(0, 5);
    const { result } = await read([beginning]);
    expect(result).toMatchObject({ status: 'failed', failure: 'too-large' });
  });

  it('refuses a message that does not fit the budget, inflated or not', async () => {
    const large = Buffer.alloc(MAX);
    const overloaded = { status: 'failed', failure: 'overloaded' };
    expect((await read([frame(large)], undefined, 100)).result).toEqual(
      overloaded,
    );
    expect(
      (await read([frame(gzipSync(large), 1)], 'gzip', 100)).result,
    ).toEqual(overloaded);
  });

  it('notices that the client is gone', async () => {
    const stream = new Readable({ read() {} });
    const share = createByteBudget(MAX).share();
    const options = { encoding: undefined, limits: { maxBytes: MAX, share } };
    const result = readMessage(stream, options);
    stream.push(Buffer.alloc(3));
    stream.destroy();
    expect(await result).toEqual({ status: 'gone' });
  });
});
