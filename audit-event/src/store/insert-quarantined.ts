import { uuidFromName } from '../uuid';
import type { Batch } from './commit-batch';
import type { Queryable } from './queryable';
import type { QuarantinedRecord } from './received';

/** Raw bytes of one statement: pg writes them as text, and a text has at most 512 MiB. */
const MAX_STATEMENT_BYTES = 8 * 1024 * 1024;

type Place = Pick<Batch, 'receiverId' | 'receiverSeq' | 'recordedAt'>;

/**
 * Keeps records that could not be stored, with their bytes. The same bytes again are a retry and change nothing.
 *
 * @returns how many were new
 */
export async function insertQuarantined(
  db: Queryable,
  batch: Place,
  records: QuarantinedRecord[],
): Promise<number> {
  let inserted = 0;
  let first = 0;
  for (let next = 0, bytes = 0; next < records.length; next++) {
    bytes += records[next]!.raw.length;
    if (bytes < MAX_STATEMENT_BYTES && next < records.length - 1) continue;
    inserted += await insertSome(db, batch, records.slice(first, next + 1));
    first = next + 1;
    bytes = 0;
  }
  return inserted;
}

async function insertSome(
  db: Queryable,
  batch: Place,
  records: QuarantinedRecord[],
): Promise<number> {
  const { rows } = await db.query(
    `insert into audit.quarantine (id, recorded_at, receiver_id, receiver_seq, reason, detail, encoding, raw)
     select id, $1::timestamptz, $2::integer, $3::bigint, reason, detail, encoding, raw
     from unnest($4::uuid[], $5::text[], $6::text[], $7::text[], $8::bytea[])
       as record (id, reason, detail, encoding, raw)
     on conflict do nothing
     returning id`,
    [
      batch.recordedAt,
      batch.receiverId,
      batch.receiverSeq,
      records.map(({ raw }) => uuidFromName(raw)),
      records.map(({ reason }) => reason),
      records.map(({ detail }) => detail.replaceAll('\0', '\u2400')),
      records.map(({ encoding }) => encoding),
      records.map(({ raw }) => Buffer.from(raw)),
    ],
  );
  return rows.length;
}
