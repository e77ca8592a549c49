import { copyCarefully } from './copy-carefully';
import { copyStraight } from './copy-straight';
import type { RowContext } from './columns';
import { insertQuarantined } from './insert-quarantined';
import { insertResources } from './insert-resources';
import { inTransaction } from './queryable';
import type { Connection } from './queryable';
import type { QuarantinedRecord, Received } from './received';
import { isBadData, isDuplicate } from './sqlstate';

/** A batch to commit: what was received, and its place in the sequence of the receiver's connection. */
export interface Batch extends Received {
  receiverId: number;
  /** One more than the last batch committed on this connection. */
  receiverSeq: number;
  recordedAt: Date;
}

/** What became of a batch: `received = stored + duplicate + excluded + quarantined`, exactly. */
export interface Accounting {
  received: number;
  stored: number;
  duplicate: number;
  excluded: number;
  quarantined: number;
}

/** Puts events into the table: how many were new, and which the database refused for their content. */
export type StoreEvents = (
  db: Connection,
  events: Received['events'],
  context: RowContext,
) => Promise<{ stored: number; refused: QuarantinedRecord[] }>;

/**
 * Commits a batch in one transaction: events, quarantine, exclusion counts and the accounting row. The fast way is
 * COPY straight into the table; when the database finds a duplicate or a bad row, the whole batch is done again the
 * careful way, which skips the one and quarantines the other. When it resolves, the write-ahead log is on disk.
 *
 * @throws when nothing is known to be stored: the database is away, its answer got lost, or it refuses for another reason than the data
 */
export async function commitBatch(
  db: Connection,
  batch: Batch,
): Promise<Accounting> {
  try {
    return await inTransaction(db, () => writeBatch(db, batch, copyStraight));
  } catch (error) {
    if (!isDuplicate(error) && !isBadData(error)) throw error;
    return inTransaction(db, () => writeBatch(db, batch, copyCarefully));
  }
}

async function writeBatch(
  db: Connection,
  batch: Batch,
  storeEvents: StoreEvents,
): Promise<Accounting> {
  // A role or a database may say `off`; our answer 200 means that the commit is on disk.
  await db.query(`set local synchronous_commit = on`);
  await insertResources(db, batch.events);
  const { stored, refused } = await storeEvents(db, batch.events, {
    recordedAt: BigInt(batch.recordedAt.getTime()) * 1_000_000n,
    receiverId: batch.receiverId,
    receiverSeq: batch.receiverSeq,
  });
  const quarantined = await insertQuarantined(db, batch, [
    ...batch.quarantined,
    ...refused,
  ]);
  const accounting: Accounting = {
    received: batch.received,
    stored,
    duplicate:
      batch.events.length -
      refused.length -
      stored +
      (batch.quarantined.length + refused.length - quarantined),
    excluded: sum(batch.excluded.values()),
    quarantined,
  };
  await insertBatchRow(db, batch, accounting);
  if (batch.excluded.size > 0) await insertExclusionCounts(db, batch);
  return accounting;
}

async function insertBatchRow(
  db: Connection,
  batch: Batch,
  accounting: Accounting,
): Promise<void> {
  const [min, max] = timeRange(batch.events);
  await db.query(
    `insert into audit.batch (
       receiver_id, receiver_seq, recorded_at, received, stored, duplicate, excluded, quarantined, rules_hash,
       min_event_time, max_event_time
     ) values (
       $1::integer, $2::bigint, $3::timestamptz, $4::integer, $5::integer, $6::integer, $7::integer, $8::integer,
       $9::bytea, to_timestamp($10::double precision), to_timestamp($11::double precision)
     )`,
    [
      batch.receiverId,
      batch.receiverSeq,
      batch.recordedAt,
      accounting.received,
      accounting.stored,
      accounting.duplicate,
      accounting.excluded,
      accounting.quarantined,
      batch.rulesHash,
      min,
      max,
    ],
  );
}

async function insertExclusionCounts(
  db: Connection,
  batch: Batch,
): Promise<void> {
  await db.query(
    `insert into audit.exclusion_count (receiver_id, receiver_seq, rule_id, excluded)
     select $1::integer, $2::bigint, rule_id, excluded
     from unnest($3::uuid[], $4::integer[]) as counts (rule_id, excluded)`,
    [
      batch.receiverId,
      batch.receiverSeq,
      [...batch.excluded.keys()],
      [...batch.excluded.values()],
    ],
  );
}

/** Earliest and latest event in seconds since 1970, nulls for no events. */
function timeRange(events: Received['events']): [number | null, number | null] {
  const first = events[0];
  if (!first) return [null, null];
  let min = first.time;
  let max = first.time;
  for (const { time } of events) {
    if (time < min) min = time;
    if (time > max) max = time;
  }
  return [Number(min) / 1e9, Number(max) / 1e9];
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
