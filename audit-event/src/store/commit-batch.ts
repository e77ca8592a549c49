import type { EventSource } from '../audit-event';
import { copyCarefully } from './copy-carefully';
import { copyStraight } from './copy-straight';
import type { EventCounts } from './counts/event-counts';
import { insertEventCounts } from './counts/insert-event-counts';
import { insertQuarantined } from './insert-quarantined';
import { insertResources } from './insert-resources';
import { insertStreamRanges } from './insert-stream-ranges';
import { inTransaction } from './queryable';
import type { Connection } from './queryable';
import type { QuarantinedRecord, Received, ReceivedEvents } from './received';
import type { RowContext } from './rows';
import { isBadData, isDuplicate } from './sqlstate';

/** Requests to commit together, which met the same rules, and the batch that they make. */
export interface Batch extends RowContext {
  requests: readonly Received[];
}

/** What became of a batch: `received = stored + duplicate + excluded + quarantined`, exactly. */
export interface Accounting {
  received: number;
  stored: number;
  duplicate: number;
  excluded: number;
  quarantined: number;
  /** Of the excluded: rule id to how many. */
  excludedBy: ReadonlyMap<string, number>;
  /** Of the quarantined, with those that the database made so. */
  quarantinedFor: ReadonlyMap<string, number>;
}

/** Puts events into the table: how many were new, which have to be kept aside, and the counts of the new ones. */
export type StoreEvents = (
  db: Connection,
  requests: readonly ReceivedEvents[],
) => Promise<{
  stored: number;
  refused: QuarantinedRecord[];
  counts: EventCounts;
}>;

/**
 * A role or a database may say otherwise: our answer 200 means that the commit is on disk, and what looks again after it waited for
 * a lock must see what was committed meanwhile.
 */
export const BEGIN =
  'begin isolation level read committed; set local synchronous_commit = on';

/**
 * Commits a batch in one transaction: events and their counts, quarantine, exclusion counts, sequence numbers and the accounting row. The fast way is
 * COPY straight into the table; when the database finds a duplicate or a bad row, the whole batch is done again the
 * careful way, which skips the one and quarantines the other. When it resolves, the write-ahead log is on disk.
 *
 * @throws when nothing is known to be stored: the database is away, its answer got lost, or it refuses for another reason than the data
 */
export async function commitBatch(
  db: Connection,
  batch: Batch,
): Promise<Accounting> {
  let index = 0;
  for (const { events } of batch.requests) {
    events.rows.place(batch, index);
    index += events.rows.count;
  }
  const write = (storeEvents: StoreEvents) =>
    inTransaction(db, () => writeBatch(db, batch, storeEvents), BEGIN);
  try {
    return await write(copyStraight);
  } catch (error) {
    if (!isDuplicate(error) && !isBadData(error)) throw error;
    return write(copyCarefully);
  }
}

/** What a batch does within its transaction; its rows know their places. */
export async function writeBatch(
  db: Connection,
  batch: Batch,
  storeEvents: StoreEvents,
): Promise<Accounting> {
  const { requests } = batch;
  const events = requests.map((request) => request.events);
  await insertResources(db, sourcesOf(events));
  const { stored, refused, counts } = await storeEvents(db, events);
  await insertEventCounts(db, counts);
  const aside = [...requests.flatMap((one) => one.quarantined), ...refused];
  const kept = await insertQuarantined(db, batch, aside);
  const excludedBy = sumOfMaps(requests.map(({ excluded }) => excluded));
  const rows = sum(events.map((one) => one.rows.count));
  const accounting: Accounting = {
    received: sum(requests.map(({ received }) => received)),
    stored,
    duplicate: rows - refused.length - stored + (aside.length - kept.length),
    excluded: sum(excludedBy.values()),
    quarantined: kept.length,
    excludedBy,
    quarantinedFor: sumOfMaps(kept.map(({ reason }) => new Map([[reason, 1]]))),
  };
  await insertBatchRow(db, batch, accounting);
  await insertStreamRanges(
    db,
    batch,
    requests.flatMap(({ ranges }) => ranges),
  );
  if (excludedBy.size > 0) await insertExclusionCounts(db, batch, excludedBy);
  return accounting;
}

function sourcesOf(
  events: readonly ReceivedEvents[],
): Map<bigint, EventSource> {
  return new Map(events.flatMap(({ rows }) => [...rows.sources]));
}

async function insertBatchRow(
  db: Connection,
  batch: Batch,
  accounting: Accounting,
): Promise<void> {
  const [min, max] = timeRange(batch.requests);
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
      batch.requests[0]!.rulesHash,
      min,
      max,
    ],
  );
}

async function insertExclusionCounts(
  db: Connection,
  batch: Batch,
  excludedBy: ReadonlyMap<string, number>,
): Promise<void> {
  await db.query(
    `insert into audit.exclusion_count (receiver_id, receiver_seq, rule_id, excluded)
     select $1::integer, $2::bigint, rule_id, excluded
     from unnest($3::uuid[], $4::integer[]) as counts (rule_id, excluded)`,
    [
      batch.receiverId,
      batch.receiverSeq,
      [...excludedBy.keys()],
      [...excludedBy.values()],
    ],
  );
}

/** Earliest and latest event in seconds since 1970, nulls for no events. */
function timeRange(
  requests: readonly Received[],
): [number | null, number | null] {
  const blocks = requests
    .map(({ events }) => events.rows)
    .filter(({ count }) => count > 0);
  if (blocks.length === 0) return [null, null];
  return [
    Math.min(...blocks.map(({ minTime }) => minTime)) / 1e6,
    Math.max(...blocks.map(({ maxTime }) => maxTime)) / 1e6,
  ];
}

function sumOfMaps(
  maps: readonly ReadonlyMap<string, number>[],
): Map<string, number> {
  const total = new Map<string, number>();
  for (const map of maps)
    for (const [key, count] of map)
      total.set(key, (total.get(key) ?? 0) + count);
  return total;
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
