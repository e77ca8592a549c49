import type { Queryable } from '../queryable';
import type { LedgerRange } from './find-ledger';

/** A record that could not be stored, as API v2 shows it. */
export interface QuarantinedRow {
  id: string;
  /** UTC with microseconds. */
  recorded_at: string;
  reason: string;
  detail: string;
  encoding: string;
  /** Of its bytes. */
  size: number;
  receiver_id: number;
  receiver_seq: string;
}

export interface QuarantineFilter extends LedgerRange {
  reasons?: readonly string[] | undefined;
}

export interface QuarantinePage {
  limit: number;
  /** The last row of the page before. */
  after?: { recordedAt: string; id: string } | undefined;
}

const COLUMNS = `
  id::text, to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as recorded_at,
  reason, detail, encoding, octet_length(raw) as size, receiver_id, receiver_seq::text`;

/** One page of the records in quarantine, the newest first. */
export async function listQuarantined(
  db: Queryable,
  filter: QuarantineFilter,
  { limit, after }: QuarantinePage,
): Promise<QuarantinedRow[]> {
  const { rows } = await db.query(
    `select ${COLUMNS}
     from audit.quarantine
     where recorded_at >= $1::timestamptz and recorded_at <= $2::timestamptz
       and ($3::text[] is null or reason = any ($3::text[]))
       and ($4::timestamptz is null or (quarantine.recorded_at, id) < ($4::timestamptz, $5::uuid))
     order by quarantine.recorded_at desc, id desc
     limit $6::integer`,
    [
      new Date(filter.startMs),
      new Date(filter.endMs),
      filter.reasons ?? null,
      after?.recordedAt ?? null,
      after?.id ?? null,
      limit,
    ],
  );
  return rows as QuarantinedRow[];
}

/** How many records are in quarantine for which reason, most first. */
export async function countQuarantined(
  db: Queryable,
  { startMs, endMs }: LedgerRange,
): Promise<{ reason: string; count: number }[]> {
  const { rows } = await db.query(
    `select reason, count(*)::integer as count
     from audit.quarantine
     where recorded_at >= $1::timestamptz and recorded_at <= $2::timestamptz
     group by reason
     order by count desc, reason`,
    [new Date(startMs), new Date(endMs)],
  );
  return rows as { reason: string; count: number }[];
}

/** One record in quarantine with its bytes: a request of its own in the encoding it came in. (Of an event that the query service could not store, its fields as JSON.) */
export async function findQuarantined(
  db: Queryable,
  id: string,
): Promise<{ row: QuarantinedRow; raw: Uint8Array } | undefined> {
  const { rows } = await db.query(
    `select ${COLUMNS}, raw from audit.quarantine where id = $1::uuid`,
    [id],
  );
  if (rows.length === 0) return undefined;
  const { raw, ...row } = rows[0] as QuarantinedRow & { raw: Uint8Array };
  return { row, raw };
}
