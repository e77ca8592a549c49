import {
  countMonth,
  dropMonth,
  ensureMonth,
  findDueMonths,
  monthOf,
  OWN_RULE_SET,
  recordRuleSet,
  registerReceiver,
  writeOwnEvents,
} from 'audit-event/store';
import type {
  Archive,
  Busy,
  Connection,
  DueMonth,
  Queryable,
  TombstoneRow,
} from 'audit-event/store';
import { VERSION } from '../../version';
import { inDropTurn } from './in-drop-turn';
import { monthDropEvent } from './month-drop-event';
import { removeUnnamedArchive } from './remove-unnamed-archive';
import { writeArchive } from './write-archive';

/** What became of a month that was due: another receiver may be at it, or have dropped it meanwhile. */
export type DropOutcome =
  { status: 'dropped'; tombstone: TombstoneRow } | { status: 'not-due' } | Busy;

export interface DropTarget {
  /** Absent: without an archive. */
  archiveDirectory: string | undefined;
  /** Host and process, for people. */
  instance: string;
}

/**
 * Archives and drops a month in one transaction with the event that tells of it.
 *
 * @param month such as `2024-03`
 * @throws when it cannot be archived or dropped; nothing is changed then, and its archive is removed while the database can be asked
 */
export async function dropDueMonth(
  db: Connection,
  month: string,
  { archiveDirectory, instance }: DropTarget,
): Promise<DropOutcome> {
  const present = monthOf(Date.now() * 1_000);
  if (present !== undefined) await ensureMonth(db, present);
  await recordRuleSet(db, OWN_RULE_SET.hash, OWN_RULE_SET.content);
  /** Set before anything is committed only, so it is sure that no tombstone of ours names it. */
  let useless: string | undefined;
  try {
    return await inDropTurn<DropOutcome>(db, async () => {
      const due = await stillDue(db, month);
      if (!due) return { status: 'not-due' };
      const archive =
        archiveDirectory === undefined
          ? undefined
          : await archiveMonth(db, due, archiveDirectory);
      try {
        const tombstone = await dropAndTell(db, month, archive, instance);
        return { status: 'dropped', tombstone };
      } catch (error) {
        useless = archive?.file;
        throw error;
      }
    });
  } catch (error) {
    if (archiveDirectory !== undefined && useless !== undefined)
      await removeUnnamedArchive(db, archiveDirectory, useless).catch(
        () => undefined,
      );
    throw error;
  }
}

async function stillDue(
  db: Queryable,
  month: string,
): Promise<DueMonth | undefined> {
  return (await findDueMonths(db)).find((due) => due.month === month);
}

/** What the database will refuse to drop needs no archive, which would be written again and again. */
async function archiveMonth(
  db: Queryable,
  due: DueMonth,
  directory: string,
): Promise<Archive> {
  const { events, counted } = await countMonth(db, due);
  if (events !== counted)
    throw new Error(
      `cannot archive the month ${due.month}: expected as many events as its hourly counts say, ${counted}, got ${events}; find out who changed the tables by hand`,
    );
  return writeArchive(db, due, directory);
}

async function dropAndTell(
  db: Connection,
  month: string,
  archive: Archive | undefined,
  instance: string,
): Promise<TombstoneRow> {
  const tombstone = await dropMonth(db, month, archive, instance);
  const receiverId = await registerReceiver(db, instance, VERSION);
  await writeOwnEvents(
    db,
    { recordedAt: new Date(), receiverId, receiverSeq: 1 },
    OWN_RULE_SET.hash,
    [monthDropEvent(tombstone)],
  );
  return tombstone;
}
