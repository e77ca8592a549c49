import { createHash, randomBytes } from 'node:crypto';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { exportEvents } from 'audit-event/store';
import type { Archive, DueMonth, Queryable } from 'audit-event/store';
import { readArchive } from './read-archive';

/** What is not known to be whole has such a name, and no two have the same: a receiver that lost its connection may still write. */
const PARTIAL_NAME = /^audit-events-\d{4}-\d{2}\.[0-9a-f]{16}\.partial$/;
const partialName = (month: string) =>
  `audit-events-${month}.${randomBytes(8).toString('hex')}.partial`;
/** Digits of the SHA-256 that are in a file's name: the same content has the same name, another one never takes its place. */
const NAME_DIGITS = 16;
/** Only for whoever runs the receiver. */
const MODE = 0o600;

/**
 * Writes the events of a month, the oldest first, a JSON object on each line, compressed with gzip. When it resolves, the file
 * is on the disk under its name, and was read again to see that it is what was written. A page of events is in memory at a time.
 *
 * @throws when it cannot be written or read again; nothing is left then
 */
export async function writeArchive(
  db: Queryable,
  due: DueMonth,
  directory: string,
): Promise<Archive> {
  const partial = join(directory, partialName(due.month));
  try {
    const written = await writePartial(db, due, partial);
    const read = await readArchive(partial);
    if (read.events !== written.events || !read.sha256.equals(written.sha256))
      throw new Error(
        `cannot archive the month ${due.month}: expected ${written.events} events in the file as written, read ${read.events} or other bytes; look at the disk of AUDIT_ARCHIVE_DIR`,
      );
    const digits = written.sha256.toString('hex').slice(0, NAME_DIGITS);
    const file = `audit-events-${due.month}.${digits}.ndjson.gz`;
    await rename(partial, join(directory, file));
    await syncDirectory(directory);
    return { file, ...written };
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Removes what was being written when a receiver was killed. */
export async function removePartialArchives(directory: string): Promise<void> {
  for (const name of await readdir(directory))
    if (PARTIAL_NAME.test(name))
      await rm(join(directory, name), { force: true });
}

async function writePartial(
  db: Queryable,
  { startMs, endMs }: DueMonth,
  path: string,
): Promise<{ events: number; sha256: Buffer }> {
  const hash = createHash('sha256');
  const counted = { events: 0 };
  const search = { startMs, endMs: endMs - 1 };
  const handle = await open(path, 'wx', MODE);
  try {
    await pipeline(
      Readable.from(linesOf(db, search, counted)),
      createGzip(),
      async (pieces: AsyncIterable<Buffer>) => {
        for await (const piece of pieces) {
          hash.update(piece);
          await handle.appendFile(piece);
        }
      },
    );
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { ...counted, sha256: hash.digest() };
}

/** Pages are read as they can be written. */
async function* linesOf(
  db: Queryable,
  range: { startMs: number; endMs: number },
  counted: { events: number },
): AsyncGenerator<string> {
  const search = { ...range, fields: [], meta: [], presence: [], terms: [] };
  const pages = exportEvents(search, {
    // It is in one already.
    inTransaction: (work) => work(db),
  });
  for await (const page of pages) {
    counted.events += page.length;
    // Postgres writes JSON on one line.
    yield `${page.join('\n')}\n`;
  }
}

/** A name is on the disk when its folder is. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
