import type { AuditEvent } from '../audit-event';
import { toLogRecord } from '../to-log-record';
import { COLUMN_LIST, encodeRows } from './columns';
import type { RowContext } from './columns';
import type { StoreEvents } from './commit-batch';
import type { Connection } from './queryable';
import type { QuarantinedRecord } from './received';
import { isBadData } from './sqlstate';

const COPY = `copy incoming (${COLUMN_LIST}) from stdin (format binary)`;

/**
 * Stores events that are not there yet and finds those that the database refuses for their content: COPY into a
 * staging table, halving on a bad row until it is alone, then an insert that skips what is there.
 */
export const copyCarefully: StoreEvents = async (db, events, context) => {
  await db.query(
    `create temporary table incoming (like audit.event) on commit drop`,
  );
  const refused: QuarantinedRecord[] = [];
  await stage(db, events, 0, context, refused);
  // Ordered, so that two connections with the same events never wait for each other crosswise.
  // Counted by what `returning` gives: Citus reports the rows selected as rows inserted (citusdata/citus#3377).
  const { rows } = await db.query(
    `with stored as (
       insert into audit.event (${COLUMN_LIST})
       select ${COLUMN_LIST} from incoming
       order by event_time, id
       on conflict do nothing
       returning 1
     )
     select count(*)::integer as stored from stored`,
  );
  return { stored: rows[0].stored as number, refused };
};

/** At most 2 log2 n statements for one bad row among n. */
async function stage(
  db: Connection,
  events: AuditEvent[],
  firstIndex: number,
  context: RowContext,
  refused: QuarantinedRecord[],
): Promise<void> {
  if (events.length === 0) return;
  await db.query(`savepoint staging`);
  try {
    await db.copyIn(COPY, encodeRows(events, context, firstIndex));
    return;
  } catch (error) {
    if (!isBadData(error)) throw error;
    await db.query(`rollback to savepoint staging`);
    if (events.length === 1) {
      refused.push(quarantined(events[0]!, error as Error));
      return;
    }
  }
  const middle = events.length >> 1;
  await stage(db, events.slice(0, middle), firstIndex, context, refused);
  await stage(db, events.slice(middle), firstIndex + middle, context, refused);
}

function quarantined(event: AuditEvent, error: Error): QuarantinedRecord {
  const record = JSON.stringify(toLogRecord(event), (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  return {
    reason: 'refused-by-database',
    detail: error.message,
    encoding: 'json',
    raw: Buffer.from(record),
  };
}
