import { countEvents, listEvents } from 'audit-event/store';
import type { FoundPage, Order, Position, Total } from 'audit-event/store';
import type { RequestHandler } from 'express';
import { limitIn } from '../http/page-limit';
import type { Access } from '../access/access';
import { queryOf } from '../query-of';
import { readWhileTold } from '../reader';
import type { ReaderDeps } from '../reader';
import { openCursor, sealCursor } from './cursor';
import { lastDays } from '../http/range';
import { readSearch } from './search/read-search';

/** Below the plugin. */
export const EVENTS_PATH = '/v2/events';

export const orders = ['newest', 'oldest'] as const;

const PARAMETERS = ['limit', 'cursor', 'order'] as const;

/** Where the next page begins, and the range, which would else move with the clock. */
interface Place {
  startMs: number;
  endMs: number;
  after: Position;
}

/** `GET /v2/events`: a page of events, and how many there are. */
export function eventsRoute(deps: ReaderDeps): RequestHandler {
  return async function listEventsV2(req, res) {
    const { result, noteRows } = await readWhileTold(req, deps, (access) =>
      readPage(queryOf(req.url), access, deps),
    );
    noteRows(result.rows);
    res.type('json').send(result.body);
  };
}

/** The page that a query asks for, as JSON text, and how many rows are in it. */
async function readPage(
  query: URLSearchParams,
  access: Access,
  deps: ReaderDeps,
): Promise<{ body: string; rows: number }> {
  const { search, params, fingerprint } = readSearch(
    query,
    PARAMETERS,
    lastDays(),
  );
  const limit = limitIn(params);
  const order: Order = params.oneOf('order', orders) ?? 'newest';
  const context = {
    key: await deps.cursorKey(),
    question: JSON.stringify(['events', order, fingerprint]),
    subject: access.grant.subject,
  };
  const cursor = params.text('cursor');
  const place =
    cursor === undefined ? undefined : (openCursor(cursor, context) as Place);
  const { startMs, endMs } = place ?? search;
  const whole = { ...search, startMs, endMs };

  const { page, total } = await deps.database.inSnapshot(async (db) => {
    const found = await listEvents(db, whole, {
      order,
      limit,
      after: place?.after,
    });
    // Told once: the pages that follow are of the same range.
    const counted =
      place === undefined
        ? await totalOf(found, limit, () =>
            countEvents(db, whole, found.rows.length),
          )
        : null;
    return { page: found, total: counted };
  });
  const after = nextPlace(page, limit);
  const next = after ? sealCursor({ startMs, endMs, after }, context) : null;
  const searchedTo = page.searchedTo
    ? searchedToTime(page.searchedTo, order)
    : null;
  const data = page.rows.map(({ json }) => json).join(',');
  return {
    rows: page.rows.length,
    body: `{"data":[${data}],"total":${JSON.stringify(total)},"next_cursor":${JSON.stringify(next)},"searched_to":${JSON.stringify(searchedTo)}}`,
  };
}

async function totalOf(
  { rows, searchedTo }: FoundPage,
  limit: number,
  count: () => Promise<Total>,
): Promise<Total> {
  if (searchedTo) return { value: rows.length, is_exact: false };
  // A page with room left has shown the last event.
  if (rows.length < limit) return { value: rows.length, is_exact: true };
  return count();
}

function nextPlace(
  { rows, searchedTo }: FoundPage,
  limit: number,
): Position | undefined {
  return (
    searchedTo ?? (rows.length === limit ? rows.at(-1)?.position : undefined)
  );
}

/** All of the events were searched from this time on, or before it: of the millisecond of the last one only some may have been. */
function searchedToTime({ time }: Position, order: Order): string {
  const ms = Date.parse(time);
  return new Date(order === 'newest' ? ms + 1 : ms).toISOString();
}
