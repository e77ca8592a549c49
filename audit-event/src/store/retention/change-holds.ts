import type { Queryable } from '../queryable';
import { timeText } from '../time-text';
import { HOLD_COLUMNS } from './find-holds';
import type { HoldRow } from './find-holds';

export interface NewHold {
  id: string;
  /** Milliseconds since 1970, both inclusive; undefined: without bound. */
  startMs: number | undefined;
  endMs: number | undefined;
  reason: string;
}

/** Brings a hold into force; waits for a month that is being dropped. */
export async function createHold(
  db: Queryable,
  { id, startMs, endMs, reason }: NewHold,
  createdBy: string,
): Promise<HoldRow> {
  const time = (ms: number | undefined) =>
    ms === undefined ? null : timeText(ms);
  const { rows } = await db.query(
    `insert into audit.hold (id, start_time, end_time, reason, created_by)
     values ($1::uuid, $2::timestamptz, $3::timestamptz, $4::text, $5::text)
     returning ${HOLD_COLUMNS}`,
    [id, time(startMs), time(endMs), reason, createdBy],
  );
  return rows[0] as HoldRow;
}

/** Ends a hold; it stays in the list. Undefined when there is none of that id in force. */
export async function releaseHold(
  db: Queryable,
  id: string,
  reason: string,
  releasedBy: string,
): Promise<HoldRow | undefined> {
  const { rows } = await db.query(
    `update audit.hold
     set released_at = now(), released_by = $3::text, release_reason = $2::text
     where id = $1::uuid and released_at is null
     returning ${HOLD_COLUMNS}`,
    [id, reason, releasedBy],
  );
  return rows[0] as HoldRow | undefined;
}
