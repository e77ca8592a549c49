import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findTombstones } from 'audit-event/store';
import type { Queryable } from 'audit-event/store';
import { inDropTurn } from './in-drop-turn';

/**
 * Removes the archive of a month that was not dropped, unless a tombstone names it: another receiver may have written the same one
 * meanwhile. While another one is at it, the archive stays.
 */
export async function removeUnnamedArchive(
  db: Queryable,
  directory: string,
  file: string,
): Promise<void> {
  await inDropTurn(db, async () => {
    const tombstones = await findTombstones(db);
    if (tombstones.some(({ archive_file }) => archive_file === file)) return;
    await rm(join(directory, file), { force: true });
  });
}
