import type { Queryable } from '../queryable';
import { sqlState } from '../sqlstate';
import { eventJson } from './event-json';
import { CELLS, cellsOf, PLACE } from './event-row';
import type { EventRow, Position } from './event-row';
import type { EventSearch } from './event-search';
import { behindSql, pageSql } from './page-sql';
import type { EventPage } from './page-sql';
import { parameters, timeSql } from './search-sql';
import { QUERY_CANCELED, withinTime } from './within-time';

export interface FoundPage {
  rows: EventRow[];
  /**
   * When the time for searching was over before the page was full: the last event of any kind that was looked at. Undefined
   * when all was searched, or the page is full.
   */
  searchedTo: Position | undefined;
}

/** Where a page is read. */
export interface PageReader {
  /** Runs single statements, of which each has a quarter of a second or so. */
  quick: Queryable;
  /** Runs work in a read-only transaction of which all statements see one moment. */
  inSnapshot: <T>(work: (db: Queryable) => Promise<T>) => Promise<T>;
}

/** When the whole range is too much for a quick statement, parts of it are searched, in order, for so long. */
const PARTS_MS = 600;
/** Events of any kind in the first part; a part has at least this share of them. */
const FIRST_PART = 2_000;
const LEAST_SHARE = 0.25;
/** The next part should take this share of the time that is left, and be at most so many times as long. */
const NEXT_SHARE = 0.4;
const MAX_GROWTH = 4;

/**
 * One page of the events that a search finds. A search that no index helps, for a text that hardly any event has, would
 * read the whole range: after a second at most what was found so far is the page, and says up to where was searched.
 *
 * A page that an index finds takes one statement, and one round trip.
 *
 * @param partEvents how many events, of any kind, to search first when all of the range is too much; tests have less
 * @throws what the database throws, `57014` too when not even a small part can be searched in the time
 * @example
 * const { rows } = await listEvents(database, search, { order: 'newest', limit: 100 });
 */
export async function listEvents(
  { quick, inSnapshot }: PageReader,
  search: EventSearch,
  page: EventPage,
  partEvents = FIRST_PART,
): Promise<FoundPage> {
  try {
    const rows = await findRows(quick, search, page);
    return { rows, searchedTo: undefined };
  } catch (error) {
    if (sqlState(error) !== QUERY_CANCELED) throw error;
  }
  return inSnapshot((db) => searchInParts(db, search, page, partEvents));
}

/** Parts end at events, not at times: any number of events may share a time. */
async function searchInParts(
  db: Queryable,
  search: EventSearch,
  { order, limit, after }: EventPage,
  firstEvents: number,
): Promise<FoundPage> {
  const deadline = performance.now() + PARTS_MS;
  let partEvents = firstEvents;
  let searchedTo: Position | undefined;
  const rows: EventRow[] = [];
  for (;;) {
    const began = performance.now();
    if (began >= deadline) break;
    const page = {
      order,
      limit: limit - rows.length,
      after: searchedTo ?? after,
    };
    const found = await withinTime(db, deadline - began, async () => {
      const last = await lastOfPart(db, search, page, partEvents);
      const part = { ...page, upTo: last };
      return { last, rows: await findRows(db, search, part) };
    });
    if (found.status === 'too-slow') break;
    rows.push(...found.result.rows);
    if (rows.length === limit || !found.result.last)
      return { rows, searchedTo: undefined };
    searchedTo = found.result.last;
    const now = performance.now();
    const growth = ((deadline - now) * NEXT_SHARE) / (now - began);
    partEvents = Math.ceil(
      Math.max(
        firstEvents * LEAST_SHARE,
        partEvents * Math.min(MAX_GROWTH, growth),
      ),
    );
  }
  // A cursor to where this page began would lead nowhere.
  if (!searchedTo) throw timedOut();
  return { rows, searchedTo };
}

/**
 * The last of so many events, of any kind, that follow a place; undefined when there are fewer. How long it takes to read them
 * does not depend on the times of a log.
 */
async function lastOfPart(
  db: Queryable,
  search: EventSearch,
  { order, after }: EventPage,
  events: number,
): Promise<Position | undefined> {
  const { values, bind } = parameters();
  const way = order === 'newest' ? 'desc' : 'asc';
  const { rows } = await db.query(
    `select ${PLACE}
     from audit.event as page
     where ${timeSql(search, bind)} and ${behindSql(order, after, bind)}
     order by event_time ${way}, page.id ${way}
     limit 1 offset ${bind(events - 1)}::bigint`,
    values,
  );
  return rows[0] as Position | undefined;
}

/** What the database says when a statement takes too long. */
function timedOut(): Error {
  return Object.assign(
    new Error('cannot search a part of the range in the time there is'),
    { code: QUERY_CANCELED },
  );
}

async function findRows(
  db: Queryable,
  search: EventSearch,
  page: EventPage,
): Promise<EventRow[]> {
  const { values, bind } = parameters();
  const { rows } = await db.query(pageSql(search, page, CELLS, bind), values);
  return rows.map((row) => ({
    json: eventJson(cellsOf(row)),
    position: { time: row.time, id: row.id },
  }));
}
