import { COLUMN_LIST, CONTENT_COLUMNS } from './columns';
import type { StoreEvents } from './commit-batch';
import { COUNTED_COLUMNS } from './counts/counted-columns';
import { EventCounts } from './counts/event-counts';
import { copyOf } from './copy-rows';
import type { Connection } from './queryable';
import type { QuarantinedRecord, ReceivedEvents } from './received';
import { isBadData } from './sqlstate';

const COPY = `copy incoming (${COLUMN_LIST}) from stdin (format binary)`;
const COUNTED = COUNTED_COLUMNS.join(', ');
const contentOf = (table: string) =>
  CONTENT_COLUMNS.map((column) => `${table}.${column}`).join(', ');

type Stored = Omit<Awaited<ReturnType<StoreEvents>>, 'counts'>;

/** Stored rows of an hour that are alike. */
interface CountedGroup {
  hour: number;
  texts: (string | null)[];
  events: number;
}

/** One row of a batch: its bytes, and the record it was made of. */
interface Row {
  bytes: Uint8Array;
  refuse: (reason: string, detail: string) => QuarantinedRecord;
}

/**
 * Stores events that are not there yet and finds those that cannot be: what the database refuses for its content, and
 * what has the key of an event that says something else. All of them by way of a staging table, in halves when the
 * database refuses one, until that one is alone.
 */
export const copyCarefully: StoreEvents = async (db, requests) => {
  await db.query(
    `create temporary table incoming (like audit.event) on commit drop`,
  );
  const counts = new EventCounts();
  const done = await store(db, requests.flatMap(rowsOf), counts);
  return { ...done, counts };
};

function rowsOf({ rows, raw }: ReceivedEvents): Row[] {
  return rows.records.map((record, i) => ({
    bytes: rows.slice(i, i + 1),
    refuse: (reason, detail) => ({ reason, detail, ...raw(record) }),
  }));
}

/** About 2 log2 n times as often as there are bad rows among n. */
async function store(
  db: Connection,
  rows: Row[],
  counts: EventCounts,
): Promise<Stored> {
  if (rows.length === 0) return { stored: 0, refused: [] };
  await db.query(`savepoint part`);
  try {
    return await storePart(db, rows, counts);
  } catch (error) {
    if (!isBadData(error)) throw error;
    await db.query(`rollback to savepoint part`);
    if (rows.length === 1) {
      const detail = (error as Error).message;
      return {
        stored: 0,
        refused: [rows[0]!.refuse('refused-by-database', detail)],
      };
    }
  }
  const middle = rows.length >> 1;
  const first = await store(db, rows.slice(0, middle), counts);
  const second = await store(db, rows.slice(middle), counts);
  return {
    stored: first.stored + second.stored,
    refused: first.refused.concat(second.refused),
  };
}

async function storePart(
  db: Connection,
  rows: Row[],
  counts: EventCounts,
): Promise<Stored> {
  await db.query(`truncate incoming`);
  await db.copyIn(
    COPY,
    copyOf([Buffer.concat(rows.map(({ bytes }) => bytes))]),
  );
  // Ordered, so that two connections with the same events never wait for each other crosswise.
  // Counted by what `returning` gives: Citus reports the rows selected as rows inserted (citusdata/citus#3377).
  const inserted = await db.query(
    `with stored as (
       insert into audit.event (${COLUMN_LIST})
       select ${COLUMN_LIST} from incoming
       order by event_time, id, batch_index
       on conflict do nothing
       returning event_time, ${COUNTED}
     )
     select floor(extract(epoch from event_time) / 3600)::integer as hour, array[${COUNTED}] as texts,
       count(*)::integer as events
     from stored
     group by 1, 2`,
  );
  const groups = inserted.rows as CountedGroup[];
  const stored = groups.reduce((sum, { events }) => sum + events, 0);
  const refused = stored === rows.length ? [] : await findConflicts(db, rows);
  for (const { hour, texts, events } of groups)
    counts.note(hour, texts, events);
  return { stored, refused };
}

/** Rows that were skipped for one with the same key and another content. The first one stays. */
async function findConflicts(
  db: Connection,
  rows: Row[],
): Promise<QuarantinedRecord[]> {
  const conflicts = await db.query(
    `select incoming.batch_index - (select min(batch_index) from incoming) as index, incoming.id
     from incoming
     join audit.event using (event_time, id)
     where row (${contentOf('incoming')}) is distinct from row (${contentOf('event')})`,
  );
  return conflicts.rows.map(({ index, id }) =>
    rows[index as number]!.refuse(
      'id-conflict',
      `another event with the id ${id as string} and the same time is stored already`,
    ),
  );
}
