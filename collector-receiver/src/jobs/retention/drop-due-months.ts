import {
  BEGIN,
  dropMonth,
  ensureMonth,
  findDueMonths,
  findRetention,
  inTransaction,
  lockMonths,
  monthOf,
  OWN_RULE_SET,
  recordRuleSet,
  registerReceiver,
  writeOwnEvents,
} from 'audit-event/store';
import type { Connection, DueMonth, TombstoneRow } from 'audit-event/store';
import type { Logger } from '../../logger';
import { VERSION } from '../../version';
import { monthDropEvent } from './month-drop-event';
import { removePartialArchives, writeArchive } from './write-archive';

export interface DropOptions {
  /** Absent: months are dropped only where the retention allows to go without an archive. */
  archiveDirectory: string | undefined;
  /** Host and process, for people. */
  instance: string;
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
    await alone(db, () => removePartialArchives(archiveDirectory));
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
      const tombstone = await dropOne(db, month, options);
      if (tombstone) logger.info({ tombstone }, `dropped the month ${month}`);
    } catch (err) {
      if (!isStopped())
        logger.warn({ err }, `cannot drop the month ${month} now`);
    }
  }
}

async function dropOne(
  db: Connection,
  month: string,
  { archiveDirectory, instance }: DropOptions,
): Promise<TombstoneRow | undefined> {
  const present = monthOf(Date.now() * 1_000);
  if (present !== undefined) await ensureMonth(db, present);
  await recordRuleSet(db, OWN_RULE_SET.hash, OWN_RULE_SET.content);
  return alone(db, async () => {
    const due = await stillDue(db, month);
    if (!due) return undefined;
    const archive =
      archiveDirectory === undefined
        ? undefined
        : await writeArchive(db, due, archiveDirectory);
    const tombstone = await dropMonth(db, month, archive, instance);
    const receiverId = await registerReceiver(db, instance, VERSION);
    await writeOwnEvents(
      db,
      { recordedAt: new Date(), receiverId, receiverSeq: 1 },
      OWN_RULE_SET.hash,
      [monthDropEvent(tombstone)],
    );
    return tombstone;
  });
}

/** In one transaction, unless another receiver is at it. */
async function alone<T>(
  db: Connection,
  work: () => Promise<T>,
): Promise<T | undefined> {
  return inTransaction(
    db,
    async () => ((await lockMonths(db)) ? work() : undefined),
    BEGIN,
  );
}

/** Another receiver may have dropped it meanwhile. */
async function stillDue(
  db: Connection,
  month: string,
): Promise<DueMonth | undefined> {
  return (await findDueMonths(db)).find((due) => due.month === month);
}
