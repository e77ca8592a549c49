import type { Queryable } from '../queryable';
import { timeText } from '../time-text';
import type { Position } from './event-row';
import type { EventSearch } from './event-search';
import type { EventPage } from './page-sql';

/** Rows of the first page; those that follow have as many as should make so many characters, within bounds. */
const FIRST_PAGE = 500;
const PAGE_CHARACTERS = 1_000_000;
const LEAST_ROWS = 50;
const MOST_ROWS = 3_000;
/** One statement reads no more than so long a piece of time, so that none takes long, however little a filter finds. */
const PART_MS = 86_400_000;

export interface ExportOptions<Db extends Queryable> {
  /** Runs work in a transaction of its own: an export may take long, and must not hold one open all the time. */
  inTransaction: <T>(work: (db: Db) => Promise<T>) => Promise<T>;
  /** The last event of an export that broke off. */
  after?: Position | undefined;
}

/** What was read for one page. */
export interface ReadPage<Page> {
  page: Page;
  /** Events in it. */
  rows: number;
  /** The place of the last one, undefined when there are none. */
  last: Position | undefined;
  /** Of all of it: the next page has as many events as should make a good size. */
  characters: number;
}

/**
 * All events that a search finds, the oldest first, a page at a time, each read when it is asked for. Every event is among
 * them that was committed before the export began; of those that are committed meanwhile some may be.
 *
 * @param readPage reads one page
 * @throws what the database throws
 */
export async function* exportPages<Db extends Queryable, Page>(
  search: EventSearch,
  { inTransaction, after }: ExportOptions<Db>,
  readPage: (
    db: Db,
    part: EventSearch,
    page: EventPage,
  ) => Promise<ReadPage<Page>>,
): AsyncGenerator<Page> {
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
      const read = await inTransaction((db) => readPage(db, part, page));
      isFull = read.rows === limit;
      if (read.last) {
        last = read.last;
        limit = nextLimit(read);
        yield read.page;
      }
    }
    from = part.endMs + 1;
  }
}

/** How many rows the next page should have, when they are as large as those of this one. */
function nextLimit({ rows, characters }: ReadPage<unknown>): number {
  const fitting = Math.floor(
    (PAGE_CHARACTERS * rows) / Math.max(1, characters),
  );
  return Math.min(Math.max(fitting, LEAST_ROWS), MOST_ROWS);
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
