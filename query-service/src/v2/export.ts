import { createHash } from 'node:crypto';
import {
  eventFields,
  exportCells,
  exportLines,
  positionOf,
} from 'audit-event/store';
import type { EventSearch, Position } from 'audit-event/store';
import type { RequestHandler } from 'express';
import { createPlaces } from '../access/places';
import { requireAccess } from '../access/require-access';
import { exportPermission } from '../audit-log-plugin';
import { HttpError } from '../http-error';
import { goneSignal } from '../http/gone-signal';
import { sendPiece } from '../http/send-piece';
import { queryOf } from '../query-of';
import { requireReader } from '../reader';
import type { ReaderDeps } from '../reader';
import { csvLine } from './csv';
import { idParameter } from './id-parameter';
import { anyText, oneWord, utcTime } from '../http/parameter-table';
import { readAhead } from './read-ahead';
import type { Parameters } from '../http/parameters';
import { lastDays } from '../http/range';
import { readSearch } from './search/read-search';

/** Below the plugin. */
export const EXPORT_PATH = '/v2/export';

const FLAG = ['true', 'false'] as const;
const TYPES = {
  ndjson: 'application/x-ndjson',
  csv: 'text/csv; charset=utf-8; header=present',
} as const;
type Format = keyof typeof TYPES;
const formats = Object.keys(TYPES) as Format[];

/** Beside the filters. Behind which event to begin is no cursor: any event that is stored may be named, as one that came has it. */
export const exportParameters = {
  format: oneWord('What to write', formats, 'ndjson'),
  raw: oneWord('Whether CSV leaves formulas as they are', FLAG, 'false'),
  after_time: utcTime('event_time of the last event that came'),
  after_id: anyText('Its id'),
};

/** Trailers of the answer: how many events it has, and the SHA-256 of its bytes before the last line of NDJSON. */
const ROWS_TRAILER = 'X-Audit-Rows';
const SHA256_TRAILER = 'X-Audit-Sha256';

/**
 * `GET /v2/export`: all events found, the oldest first, as NDJSON or CSV, however many. An answer that is whole ends in
 * good order, with trailers; one that breaks off does not, and can be taken up behind the last event that came.
 */
export function exportRoute(deps: ReaderDeps): RequestHandler {
  // Not `exports`: by that name the built module finds what it exports itself.
  const { exports: inAll, exportsPerSubject, stalledMs } = deps.limits;
  const places = createPlaces('exports', {
    perSubject: exportsPerSubject,
    inAll,
  });

  return async function exportEventsV2(req, res) {
    const { access, noteRows } = await requireReader(
      req,
      deps,
      exportPermission,
    );

    const { search, params } = readSearch(
      queryOf(req.url),
      exportParameters,
      lastDays(),
    );
    const format = params.oneOf('format', formats) ?? 'ndjson';
    const isRaw = params.oneOf('raw', FLAG) === 'true';
    places.take(res, access.grant.subject);
    const after = await positionIn(params, deps);
    res.set({
      'Content-Type': TYPES[format],
      'Content-Disposition': `attachment; filename="audit-events.${format}"`,
    });
    // Neither has chunks, and Node throws at a trailer without them.
    const isChunked = req.method !== 'HEAD' && req.httpVersion !== '1.0';
    if (isChunked) res.set('Trailer', `${ROWS_TRAILER}, ${SHA256_TRAILER}`);
    if (req.method === 'HEAD') {
      res.end();
      return;
    }

    const hash = createHash('sha256');
    let rows = 0;
    const onPage = (count: number) => {
      rows += count;
      // At once: an export may take longer than one operation tells of, or break off.
      noteRows(count);
    };
    const signal = goneSignal(res);
    const beforePage = async () => {
      signal.throwIfAborted();
      // An export lasts: it ends when its token is revoked.
      await requireAccess(req, deps, exportPermission);
    };
    const exported = { search, after, isRaw, onPage, beforePage };
    // Pages are read as the client takes them: it alone says how fast.
    for await (const piece of piecesOf(format, exported, deps)) {
      const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
      hash.update(bytes);
      await sendPiece(res, bytes, { stalledMs, signal });
    }
    const sha256 = hash.digest('hex');
    if (format === 'ndjson')
      res.write(
        `${JSON.stringify({ export: { rows, sha256, complete: true } })}\n`,
      );
    res.addTrailers({
      [ROWS_TRAILER]: String(rows),
      [SHA256_TRAILER]: sha256,
    });
    res.end();
  };
}

interface Exported {
  search: EventSearch;
  after: Position | undefined;
  isRaw: boolean;
  /** Hears of each page before it is sent. */
  onPage: (count: number) => void;
  /** Throws for a client that has gone or may read no more: nobody looks on for it, however rare the events are. */
  beforePage: () => Promise<void>;
}

async function* piecesOf(
  format: Format,
  { search, after, isRaw, onPage, beforePage }: Exported,
  { database }: ReaderDeps,
): AsyncGenerator<string | Buffer> {
  const inTransaction: typeof database.inScan = async (work) => {
    await beforePage();
    return database.inScan(work);
  };
  const options = { after, inTransaction };
  if (format === 'ndjson') {
    for await (const lines of readAhead(exportLines(search, options))) {
      onPage(lines.rows);
      yield lines.bytes;
    }
    return;
  }
  yield csvLine(eventFields, true);
  for await (const page of readAhead(exportCells(search, options))) {
    onPage(page.length);
    yield page.map((cells) => csvLine(cells.map(csvText), isRaw)).join('');
  }
}

const FLAGS = eventFields.indexOf('flags');

/** What is a list in JSON is words with commas between. */
function csvText(cell: string | null, field: number): string | null {
  if (cell === null || field !== FLAGS) return cell;
  return (JSON.parse(cell) as string[]).join(',');
}

/** Behind which event to begin: its `event_time` and `id`, as an export shows them. */
async function positionIn(
  params: Parameters<'after_time' | 'after_id'>,
  { database }: ReaderDeps,
): Promise<Position | undefined> {
  const ms = params.time('after_time');
  const text = params.text('after_id');
  if (ms === undefined && text === undefined) return undefined;
  if (ms === undefined || text === undefined)
    throw new HttpError(
      'InputError',
      'after_time and after_id must be given together: event_time and id of the last event that came',
    );
  const id = idParameter(text);
  const position = await database.inSnapshot((db) => positionOf(db, id, ms));
  if (position) return position;
  throw new HttpError(
    'InputError',
    `after_time and after_id must be those of an event, there is no event ${id} at ${new Date(ms).toISOString()}`,
  );
}
