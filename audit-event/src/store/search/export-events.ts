import type { Queryable } from '../queryable';
import { timeText } from '../time-text';
import { CELLS, LISTED, WHOLE } from './event-row';
import type { Position } from './event-row';
import type { EventSearch } from './event-search';
import { selectPage } from './list-events';

/** Rows that are in memory at a time. */
const PAGE = 1_000;
/** One statement reads no more than so long a piece of time, so that none takes long, however little a filter finds. */
const PART_MS = 86_400_000;

/** What is selected for each form. */
const SELECTED = { json: LISTED, whole: WHOLE, cells: CELLS };

/** As in a list, as in a list with all that is known besides, or as texts. */
export type ExportForm = keyof typeof SELECTED;

/** An event in one of the forms. */
export type ExportedEvent<Form> = Form extends 'cells'
  ? /** Texts, null for what is absent, in the order of `eventFields`. */ (
      string | null
    )[]
  : /** One JSON object. */ string;

export interface ExportOptions<Form extends ExportForm> {
  form: Form;
  /** Runs work in a transaction of its own: an export may take long, and must not hold one open all the time. */
  inTransaction: <T>(work: (db: Queryable) => Promise<T>) => Promise<T>;
  /** The last event of an export that broke off. */
  after?: Position | undefined;
}

/**
 * All events that a search finds, the oldest first, a page at a time, each read when it is asked for. Every event is among
 * them that was committed before the export began; of those that are committed meanwhile some may be.
 *
 * @throws what the database throws
 * @example
 * for await (const page of exportEvents(search, { form: 'json', inTransaction })) await write(page);
 */
export async function* exportEvents<Form extends ExportForm>(
  search: EventSearch,
  { form, inTransaction, after }: ExportOptions<Form>,
): AsyncGenerator<ExportedEvent<Form>[]> {
  const column = form === 'cells' ? 'cells' : 'json';
  let last = after;
  let from = after
    ? Math.max(search.startMs, Date.parse(after.time))
    : search.startMs;
  while (from <= search.endMs) {
    const startMs = from;
    const first = await inTransaction((db) =>
      firstTime(db, startMs, search.endMs),
    );
    if (first === undefined) return;
    const part = {
      ...search,
      startMs: first,
      endMs: Math.min(search.endMs, first + PART_MS - 1),
    };
    for (let isFull = true; isFull;) {
      const rows = await inTransaction((db) =>
        selectPage(
          db,
          part,
          { order: 'oldest', limit: PAGE, after: last },
          SELECTED[form],
        ),
      );
      if (rows.length > 0) yield rows.map((row) => row[column]);
      const end = rows.at(-1);
      if (end) last = { time: end.time, id: end.id };
      isFull = rows.length === PAGE;
    }
    from = part.endMs + 1;
  }
}

/** The millisecond of the first event of any kind in a range: years without one are passed over. */
async function firstTime(
  db: Queryable,
  startMs: number,
  endMs: number,
): Promise<number | undefined> {
  const { rows } = await db.query(
    `select floor(extract(epoch from event_time) * 1000)::double precision as ms
     from audit.event
     where event_time >= $1::timestamptz and event_time < $2::timestamptz
     order by event_time, id
     limit 1`,
    [timeText(startMs), timeText(endMs + 1)],
  );
  return rows[0]?.ms as number | undefined;
}

/** Where an event stands that a client knows by its id and the millisecond that it was shown. */
export async function positionOf(
  db: Queryable,
  id: string,
  ms: number,
): Promise<Position | undefined> {
  const { rows } = await db.query(
    `select to_char(event_time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as time, id::text
     from audit.event
     where event_time >= $2::timestamptz and event_time < $3::timestamptz and id = $1::uuid
     limit 1`,
    [id, timeText(ms), timeText(ms + 1)],
  );
  return rows[0] as Position | undefined;
}
