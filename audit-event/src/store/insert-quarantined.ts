import { uuidFromName } from '../uuid';
import type { Queryable } from './queryable';
import type { QuarantinedRecord } from './received';
import type { RowContext } from './rows';

/** Raw bytes of one statement: pg writes them as text, and a text has at most 512 MiB. */
const MAX_STATEMENT_BYTES = 8 * 1024 * 1024;

/**
 * Keeps records that could not be stored, with their bytes. The same bytes again are a retry and change nothing.
 *
 * @returns those that were new
 */
export async function insertQuarantined(
  db: Queryable,
  batch: RowContext,
  records: QuarantinedRecord[],
): Promise<QuarantinedRecord[]> {
  let inserted: QuarantinedRecord[] = [];
  let first = 0;
  for (let next = 0, bytes = 0; next < records.length; next++) {
    bytes += records[next]!.raw.length;
    if (bytes < MAX_STATEMENT_BYTES && next < records.length - 1) continue;
    const some = records.slice(first, next + 1);
    inserted = inserted.concat(await insertSome(db, batch, some));
    first = next + 1;
    bytes = 0;
  }
  return inserted;
}

async function insertSome(
  db: Queryable,
  batch: RowContext,
  records: QuarantinedRecord[],
): Promise<QuarantinedRecord[]> {
  const ofId = new Map(
    records.map((record) => [uuidFromName(record.raw), record]),
  );
  const distinct = [...ofId.values()];
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
      [...ofId.keys()],
      distinct.map(({ reason }) => reason),
      distinct.map(({ detail }) => detail.replaceAll('\0', '\u2400')),
      distinct.map(({ encoding }) => encoding),
      distinct.map(({ raw }) => Buffer.from(raw)),
    ],
  );
  return rows.map(({ id }) => ofId.get(id as string)!);
}
