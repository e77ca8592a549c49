import { listEvents } from 'audit-event/store';
import type { FoundPage, Order, Position } from 'audit-event/store';
import type { RequestHandler } from 'express';
import { limitIn } from '../http/page-limit';
import {
  cursorParameter,
  limitParameter,
  oneWord,
} from '../http/parameter-table';
import type { Access } from '../access/access';
import { queryOf } from '../query-of';
import { readWhileTold } from '../reader';
import type { ReaderDeps } from '../reader';
import { cursorContext, openCursor, sealCursor } from './cursor';
import { lastDays } from '../http/range';
import { readSearch } from './search/read-search';

/** Below the plugin. */
export const EVENTS_PATH = '/v2/events';

export const orders = ['newest', 'oldest'] as const;

/** Beside the filters. */
export const eventsParameters = {
  limit: limitParameter,
  order: oneWord('Which events come first', orders, 'newest'),
  cursor: cursorParameter,
};

/** Where the next page begins, and the range, which would else move with the clock. */
interface Place {
  startMs: number;
  endMs: number;
  after: Position;
}

/** `GET /v2/events`: a page of events. */
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
    eventsParameters,
    lastDays(),
  );
  const limit = limitIn(params);
  const order: Order = params.oneOf('order', orders) ?? 'newest';
  const question = ['events', order, fingerprint];
  const context = await cursorContext(deps, access, question);
  const cursor = params.text('cursor');
  const place =
    cursor === undefined ? undefined : (openCursor(cursor, context) as Place);
  const { startMs, endMs } = place ?? search;
  const page = await listEvents(
    deps.database,
    { ...search, startMs, endMs },
    { order, limit, after: place?.after },
  );
  const after = nextPlace(page, limit);
  const next = after ? sealCursor({ startMs, endMs, after }, context) : null;
  const searchedTo = page.searchedTo
    ? searchedToTime(page.searchedTo, order)
    : null;
  const data = page.rows.map(({ json }) => json).join(',');
  return {
    rows: page.rows.length,
    body: `{"data":[${data}],"next_cursor":${JSON.stringify(next)},"searched_to":${JSON.stringify(searchedTo)}}`,
  };
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
