import type { Queryable } from '../queryable';
import { timeText } from '../time-text';
import { eventRowOf, LISTED } from './event-row';
import type { EventRow, Position } from './event-row';
import type { EventSearch } from './event-search';
import { parameters, searchSql, timeSql } from './search-sql';
import { QUERY_CANCELED, withinTime } from './within-time';

export type Order = 'newest' | 'oldest';

export interface EventPage {
  order: Order;
  limit: number;
  /** The last row of the page before. */
  after?: Position | undefined;
}

export interface FoundPage {
  rows: EventRow[];
  /**
   * When the time for searching was over before the page was full: up to where was searched, in milliseconds since 1970,
   * not inclusive in the order `newest`. Undefined when all was searched, or the page is full.
   */
  searchedToMs: number | undefined;
}

/** The whole range is tried for so long; then parts of it, in order, for so long. */
const WHOLE_MS = 1_000;
const PARTS_MS = 3_000;
/** The first part is this share of the range; one that was quick is followed by one twice as long. */
const FIRST_SHARE = 1 / 64;
const QUICK_MS = 250;
const SHORTEST_PART_MS = 1_000;

/**
 * One page of the events that a search finds. A search that no index helps, for a text that hardly any event has, would
 * read the whole range: after some seconds what was found so far is the page, and says up to where was searched.
 *
 * Give it a connection in a read-only transaction.
 *
 * @throws what the database throws, `57014` too when not even a small part can be searched in the time
 * @example
 * const { rows } = await listEvents(client, search, { order: 'newest', limit: 100 });
 */
export async function listEvents(
  db: Queryable,
  search: EventSearch,
  page: EventPage,
): Promise<FoundPage> {
  const whole = await withinTime(db, WHOLE_MS, () =>
    findRows(db, search, page),
  );
  if (whole.status === 'done')
    return { rows: whole.result, searchedToMs: undefined };
  return searchInParts(db, startingAfter(search, page), page);
}

/** Without what the page before has shown: partitions and parts begin where it ended. */
function startingAfter(
  search: EventSearch,
  { order, after }: EventPage,
): EventSearch {
  if (!after) return search;
  const ms = Date.parse(after.time);
  return order === 'newest'
    ? { ...search, endMs: Math.min(search.endMs, ms) }
    : { ...search, startMs: Math.max(search.startMs, ms) };
}

async function searchInParts(
  db: Queryable,
  search: EventSearch,
  page: EventPage,
): Promise<FoundPage> {
  const isNewest = page.order === 'newest';
  const deadline = performance.now() + PARTS_MS;
  let { startMs, endMs } = search;
  let partMs = Math.max(
    SHORTEST_PART_MS,
    Math.ceil((endMs - startMs + 1) * FIRST_SHARE),
  );
  const rows: EventRow[] = [];
  while (startMs <= endMs) {
    const leftMs = deadline - performance.now();
    if (leftMs <= 0) break;
    const part = {
      ...search,
      startMs: isNewest ? Math.max(startMs, endMs - partMs + 1) : startMs,
      endMs: isNewest ? endMs : Math.min(endMs, startMs + partMs - 1),
    };
    const limit = page.limit - rows.length;
    const began = performance.now();
    const found = await withinTime(db, leftMs, () =>
      findRows(db, part, { ...page, limit }),
    );
    if (found.status === 'too-slow') {
      const isStuck = startMs === search.startMs && endMs === search.endMs;
      // A cursor to where this page began would lead nowhere.
      if (isStuck) throw timedOut();
      break;
    }
    rows.push(...found.result);
    if (rows.length === page.limit) return { rows, searchedToMs: undefined };
    if (isNewest) endMs = part.startMs - 1;
    else startMs = part.endMs + 1;
    if (performance.now() - began < QUICK_MS) partMs *= 2;
  }
  const isDone = startMs > endMs;
  return {
    rows,
    searchedToMs: isDone ? undefined : isNewest ? endMs + 1 : startMs,
  };
}

/** What the database says when a statement takes too long. */
function timedOut(): Error {
  return Object.assign(
    new Error('cannot search a part of the range in the time there is'),
    { code: QUERY_CANCELED },
  );
}

/** The rows in a transaction that has time for them. */
export async function findRows(
  db: Queryable,
  search: EventSearch,
  { order, limit, after }: EventPage,
): Promise<EventRow[]> {
  const rows = await selectPage(db, search, { order, limit, after }, LISTED);
  return rows.map(eventRowOf);
}

/** Rows of `audit.event` as `selected` says, which is SQL over `page`. */
export async function selectPage(
  db: Queryable,
  search: EventSearch,
  { order, limit, after }: EventPage,
  selected: string,
  // oxlint-disable-next-line typescript/no-explicit-any -- rows are whatever is selected
): Promise<any[]> {
  const { values, bind } = parameters();
  const isNewest = order === 'newest';
  const way = isNewest ? 'desc' : 'asc';
  const time = after && `${bind(after.time)}::timestamptz`;
  // The bound on the time alone prunes partitions, which the pair does not.
  const behind = after
    ? `event_time ${isNewest ? '<=' : '>='} ${time}
       and (event_time, id) ${isNewest ? '<' : '>'} (${time}, ${bind(after.id)}::uuid)`
    : 'true';
  const { rows } = await db.query(
    `select ${selected}
     from (
       select *
       from audit.event
       where ${timeSql(search, bind)} and ${behind} and ${searchSql(search, bind)}
       order by event_time ${way}, id ${way}
       limit ${bind(limit)}::bigint
     ) as page
     order by page.event_time ${way}, page.id ${way}`,
    values,
  );
  return rows;
}

/** A place between events: where a page begins that follows what was searched up to a time. */
export function positionAt(ms: number, order: Order): Position {
  const id =
    order === 'newest'
      ? '00000000-0000-0000-0000-000000000000'
      : 'ffffffff-ffff-ffff-ffff-ffffffffffff';
  // Newest first: everything before this millisecond. Oldest first: everything from it on.
  const time =
    order === 'newest' ? timeText(ms) : timeText(ms - 1).replace('Z', '999Z');
  return { time, id };
}
