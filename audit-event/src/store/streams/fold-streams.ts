import { inTurn } from '../in-turn';
import type { Busy } from '../in-turn';
import type { Queryable } from '../queryable';
import { findDuplicates } from './find-duplicates';
import { foldMarks } from './fold-marks';
import { foldRanges } from './fold-ranges';

/**
 * Adds the ranges that arrived since the last time to `audit.stream`, with what the streams' own records say: one
 * transaction, so that whatever happens in between each range is counted exactly once. One of several receivers does it.
 *
 * @returns how many ranges there were; `busy` when another process is at it
 * @throws what the database throws; nothing is changed then
 * @example
 * const outcome = await foldStreams(client);
 */
export async function foldStreams(
  db: Queryable,
): Promise<{ status: 'folded'; ranges: number } | Busy> {
  return inTurn(db, 'audit.stream', async () => {
    const ranges = await takeRanges(db);
    if (ranges > 0) {
      // Before these ranges count as arrived.
      await findDuplicates(db);
      await foldRanges(db);
      await foldMarks(db);
      await noteMissing(db);
    }
    return { status: 'folded', ranges };
  });
}

/** Moves them into a table of this transaction. What is committed meanwhile stays for the next time. */
async function takeRanges(db: Queryable): Promise<number> {
  await db.query(
    `create temporary table arriving (like audit.stream_range) on commit drop`,
  );
  const { rows } = await db.query(
    `with taken as (
       delete from audit.stream_range returning *
     ), moved as (
       insert into arriving select * from taken returning 1
     )
     select count(*)::integer as ranges from moved`,
  );
  await db.query(`analyze arriving`);
  return rows[0].ranges as number;
}

/** Since when something is missing: at first it may only be late. */
async function noteMissing(db: Queryable): Promise<void> {
  await db.query(
    `update audit.stream
     set missing_since = case when undeclared > 0 then now() end
     where (undeclared > 0 or missing_since is not null)
       and (undeclared > 0) <> (missing_since is not null)`,
  );
}
