import { uuidFromName } from '../uuid';
import type { Batch } from './commit-batch';
import type { Queryable } from './queryable';
import type { QuarantinedRecord } from './received';

/**
 * Keeps records that could not be stored, with their bytes. The same bytes again are a retry and change nothing.
 *
 * @returns how many were new
 */
export async function insertQuarantined(
  db: Queryable,
  batch: Pick<Batch, 'receiverId' | 'receiverSeq' | 'recordedAt'>,
  records: QuarantinedRecord[],
): Promise<number> {
  if (records.length === 0) return 0;
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
