import { COLUMN_LIST, CONTENT_COLUMNS } from './columns';
import type { StoreEvents } from './commit-batch';
import { copyOf } from './copy-rows';
import type { Connection } from './queryable';
import type { QuarantinedRecord, ReceivedEvents } from './received';
import { isBadData } from './sqlstate';

const COPY = `copy incoming (${COLUMN_LIST}) from stdin (format binary)`;
const contentOf = (table: string) =>
  CONTENT_COLUMNS.map((column) => `${table}.${column}`).join(', ');

/** One row of a batch: its bytes, and the record it was made of. */
interface Row {
  bytes: Uint8Array;
  refuse: (reason: string, detail: string) => QuarantinedRecord;
}

/**
 * Stores events that are not there yet and finds those that cannot be: what the database refuses for its content, and
 * what has the key of an event that says something else. COPY into a staging table, halving on a bad row until it is
 * alone, then an insert that skips what is there.
 */
export const copyCarefully: StoreEvents = async (db, requests) => {
  await db.query(
    `create temporary table incoming (like audit.event) on commit drop`,
  );
  const refused: QuarantinedRecord[] = [];
  const rows = requests.flatMap(rowsOf);
  await stage(db, rows, refused);
  // Ordered, so that two connections with the same events never wait for each other crosswise.
  // Counted by what `returning` gives: Citus reports the rows selected as rows inserted (citusdata/citus#3377).
  const inserted = await db.query(
    `with stored as (
       insert into audit.event (${COLUMN_LIST})
       select ${COLUMN_LIST} from incoming
       order by event_time, id, batch_index
       on conflict do nothing
       returning 1
     )
     select count(*)::integer as stored from stored`,
  );
  const stored = inserted.rows[0].stored as number;
  if (stored + refused.length === rows.length) return { stored, refused };
  return { stored, refused: refused.concat(await findConflicts(db, rows)) };
};

function rowsOf({ rows, raw }: ReceivedEvents): Row[] {
  return rows.records.map((record, i) => ({
    bytes: rows.slice(i, i + 1),
    refuse: (reason, detail) => ({ reason, detail, ...raw(record) }),
  }));
}

/** At most 2 log2 n statements for one bad row among n. */
async function stage(
  db: Connection,
  rows: Row[],
  refused: QuarantinedRecord[],
): Promise<void> {
  if (rows.length === 0) return;
  await db.query(`savepoint staging`);
  try {
    await db.copyIn(
      COPY,
      copyOf([Buffer.concat(rows.map(({ bytes }) => bytes))]),
    );
    return;
  } catch (error) {
    if (!isBadData(error)) throw error;
    await db.query(`rollback to savepoint staging`);
    if (rows.length === 1) {
      refused.push(
        rows[0]!.refuse('refused-by-database', (error as Error).message),
      );
      return;
    }
  }
  const middle = rows.length >> 1;
  await stage(db, rows.slice(0, middle), refused);
  await stage(db, rows.slice(middle), refused);
}

/** Rows that were skipped for one with the same key and another content. The first one stays. */
async function findConflicts(
  db: Connection,
  rows: Row[],
): Promise<QuarantinedRecord[]> {
  const conflicts = await db.query(
    `select incoming.batch_index, incoming.id
     from incoming
     join audit.event using (event_time, id)
     where row (${contentOf('incoming')}) is distinct from row (${contentOf('event')})`,
  );
  return conflicts.rows.map(({ batch_index: index, id }) =>
    rows[index as number]!.refuse(
      'id-conflict',
      `another event with the id ${id as string} and the same time is stored already`,
    ),
  );
}
