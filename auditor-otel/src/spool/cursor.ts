import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { FileSystem } from './file-system';
import { CURSOR, removeIfThere, TEMPORARY } from './stream-directory';
import type { StreamDirectory } from './stream-directory';

/** A place in a stream: everything before it is settled. */
export interface Cursor {
  segment: number;
  offset: number;
}

/** Replaces the cursor in one step: it is either the old or the new one. */
export async function writeCursor(
  fs: FileSystem,
  { path }: StreamDirectory,
  { segment, offset }: Cursor,
): Promise<void> {
  const temporary = join(path, CURSOR + TEMPORARY);
  await removeIfThere(fs, temporary);
  const file = await fs.create(temporary);
  try {
    const text = `${segment} ${offset}`;
    await file.append(Buffer.from(`${text} ${crc32(text)}\n`));
    await file.sync();
  } finally {
    await file.close();
  }
  await fs.rename(temporary, join(path, CURSOR));
  await fs.syncDirectory(path);
}

/** The cursor; where there is none, or none that can be read, the beginning. */
export async function readCursor(
  fs: FileSystem,
  { path }: StreamDirectory,
): Promise<Cursor> {
  const text = await fs.read(join(path, CURSOR)).then(String, () => '');
  const [, place = '', sum] = /^(\d+ \d+) (\d+)\n$/.exec(text) ?? [];
  // What is before a wrong cursor would be removed.
  const isSound = Number(sum) === crc32(place);
  const [segment = 0, offset = 0] = isSound ? place.split(' ') : [];
  return { segment: Number(segment), offset: Number(offset) };
}
