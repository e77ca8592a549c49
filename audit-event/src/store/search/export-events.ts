import type { Queryable } from '../queryable';
import { timeText } from '../time-text';
import { CELLS, cellsOf, WHOLE } from './event-row';
import type { Cells, Position } from './event-row';
import type { EventSearch } from './event-search';
import { selectPage } from './list-events';

/** Rows of the first page; those that follow have as many as should make so many characters, within bounds. */
const FIRST_PAGE = 500;
const PAGE_CHARACTERS = 1_000_000;
const LEAST_ROWS = 50;
const MOST_ROWS = 3_000;
/** One statement reads no more than so long a piece of time, so that none takes long, however little a filter finds. */
const PART_MS = 86_400_000;

/** What is selected for each form, and what becomes of a row of it. */
const FORMS = {
  whole: { selected: WHOLE, eventOf: (row: Row): string => row.json! },
  cells: { selected: CELLS, eventOf: cellsOf },
};
type Row = Record<string, string | null>;

/** `whole`: one JSON object of all that is known. `cells`: what is in a list, as texts. */
export type ExportForm = keyof typeof FORMS;

/** An event in one of the forms. */
export type ExportedEvent<Form extends ExportForm> = ReturnType<
  (typeof FORMS)[Form]['eventOf']
>;

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
  const { selected } = FORMS[form];
  const eventOf: (row: Row) => string | Cells = FORMS[form].eventOf;
  let limit = FIRST_PAGE;
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
      const page = { order: 'oldest', limit, after: last } as const;
      const rows: Row[] = await inTransaction((db) =>
        selectPage(db, part, page, selected),
      );
      const end = rows.at(-1);
      if (end) {
        last = { time: end.time!, id: end.id! };
        isFull = rows.length === limit;
        const events = rows.map(eventOf) as ExportedEvent<Form>[];
        limit = nextLimit(events);
        yield events;
      } else isFull = false;
    }
    from = part.endMs + 1;
  }
}

/** How many rows the next page should have, when they are as large as those of this one. */
function nextLimit(events: readonly (string | Cells)[]): number {
  let characters = 1;
  for (const event of events)
    if (typeof event === 'string') characters += event.length;
    else for (const cell of event) characters += cell?.length ?? 0;
  const rows = Math.floor((PAGE_CHARACTERS * events.length) / characters);
  return Math.min(Math.max(rows, LEAST_ROWS), MOST_ROWS);
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
