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

/** The whole range is tried for so long; then parts of it, in order, for so long. An answer takes a second at most. */
const WHOLE_MS = 250;
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
 * Give it a connection in a read-only transaction.
 *
 * @param partEvents how many events, of any kind, to search first when all of the range is too much; tests have less
 * @throws what the database throws, `57014` too when not even a small part can be searched in the time
 * @example
 * const { rows } = await listEvents(client, search, { order: 'newest', limit: 100 });
 */
export async function listEvents(
  db: Queryable,
  search: EventSearch,
  page: EventPage,
  partEvents = FIRST_PART,
): Promise<FoundPage> {
  const whole = await withinTime(db, WHOLE_MS, () =>
    findRows(db, search, page),
  );
  if (whole.status === 'done')
    return { rows: whole.result, searchedToMs: undefined };
  return searchInParts(db, startingAfter(search, page), page, partEvents);
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
  firstEvents: number,
): Promise<FoundPage> {
  const isNewest = page.order === 'newest';
  const deadline = performance.now() + PARTS_MS;
  let { startMs, endMs } = search;
  let partEvents = firstEvents;
  const rows: EventRow[] = [];
  while (startMs <= endMs) {
    const began = performance.now();
    if (began >= deadline) break;
    const limit = page.limit - rows.length;
    const found = await withinTime(db, deadline - began, async () => {
      const rest = { ...search, startMs, endMs };
      const part = await firstPart(db, rest, page.order, partEvents);
      return { part, rows: await findRows(db, part, { ...page, limit }) };
    });
    if (found.status === 'too-slow') {
      const isStuck = startMs === search.startMs && endMs === search.endMs;
      // A cursor to where this page began would lead nowhere.
      if (isStuck) throw timedOut();
      break;
    }
    rows.push(...found.result.rows);
    if (rows.length === page.limit) return { rows, searchedToMs: undefined };
    const { part } = found.result;
    if (isNewest) endMs = part.startMs - 1;
    else startMs = part.endMs + 1;
    const now = performance.now();
    const growth = ((deadline - now) * NEXT_SHARE) / (now - began);
    partEvents = Math.ceil(
      Math.max(
        firstEvents * LEAST_SHARE,
        partEvents * Math.min(MAX_GROWTH, growth),
      ),
    );
  }
  const isDone = startMs > endMs;
  return {
    rows,
    searchedToMs: isDone ? undefined : isNewest ? endMs + 1 : startMs,
  };
}

/** The part of a range in which so many events are, of any kind: how long it takes to read does not depend on the times of a log. */
async function firstPart(
  db: Queryable,
  search: EventSearch,
  order: Order,
  events: number,
): Promise<EventSearch> {
  const { values, bind } = parameters();
  const way = order === 'newest' ? 'desc' : 'asc';
  const { rows } = await db.query(
    `select floor(extract(epoch from event_time) * 1000)::double precision as ms
     from audit.event
     where ${timeSql(search, bind)}
     order by event_time ${way}, id ${way}
     limit 1 offset ${bind(events)}::bigint`,
    values,
  );
  const ms = rows[0]?.ms as number | undefined;
  if (ms === undefined) return search;
  return order === 'newest'
    ? { ...search, startMs: ms }
    : { ...search, endMs: ms };
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
