import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

const NEWLINE = 10;

/**
 * How many events an archive has, and the SHA-256 of the file.
 *
 * @throws for a file that cannot be read or is not whole
 */
export async function readArchive(
  path: string,
): Promise<{ events: number; sha256: Buffer }> {
  const hash = createHash('sha256');
  let events = 0;
  await pipeline(
    createReadStream(path),
    async function* hashed(pieces: AsyncIterable<Buffer>) {
      for await (const piece of pieces) {
        hash.update(piece);
        yield piece;
      }
    },
    createGunzip(),
    async (pieces: AsyncIterable<Buffer>) => {
      for await (const piece of pieces)
        for (
          let at = piece.indexOf(NEWLINE);
          at >= 0;
          at = piece.indexOf(NEWLINE, at + 1)
        )
          events += 1;
    },
  );
  return { events, sha256: hash.digest() };
}
