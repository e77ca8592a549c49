import { findDueMonths, findRetention } from 'audit-event/store';
import type { Connection } from 'audit-event/store';
import type { Logger } from '../../logger';
import { dropDueMonth } from './drop-due-month';
import type { DropTarget } from './drop-due-month';
import { inDropTurn } from './in-drop-turn';
import { removePartialArchives } from './write-archive';

/** Without `archiveDirectory` months are dropped only where the retention allows to go without an archive. */
export interface DropOptions extends DropTarget {
  logger: Logger;
  isStopped: () => boolean;
}

/**
 * Drops the months that are due, each in one transaction with its archive, its tombstone and the event that tells of it, so that
 * there are all or none of them; a process that is killed leaves at most a file that no tombstone names. One of several
 * receivers does it. A month that cannot be dropped does not keep the others.
 */
export async function dropDueMonths(
  db: Connection,
  options: DropOptions,
): Promise<void> {
  const { archiveDirectory, logger, isStopped } = options;
  if (archiveDirectory !== undefined)
    await inDropTurn(db, () => removePartialArchives(archiveDirectory));
  for (const { month } of await findDueMonths(db)) {
    if (isStopped()) return;
    const { drop_without_archive } = await findRetention(db);
    if (archiveDirectory === undefined && !drop_without_archive) {
      logger.warn(
        {},
        `cannot drop the month ${month}, which is due: AUDIT_ARCHIVE_DIR must be a folder for its archive, or the retention must have drop_without_archive`,
      );
      return;
    }
    try {
      const outcome = await dropDueMonth(db, month, options);
      if (outcome.status === 'dropped')
        logger.info(
          { tombstone: outcome.tombstone },
          `dropped the month ${month}`,
        );
    } catch (err) {
      if (!isStopped())
        logger.warn({ err }, `cannot drop the month ${month} now`);
    }
  }
}
