import {
  countQuarantined,
  findQuarantined,
  listQuarantined,
} from 'audit-event/store';
import type { QuarantinedRow, QuarantinePage } from 'audit-event/store';
import type { Request, RequestHandler } from 'express';
import { HttpError } from '../http-error';
import { uuidParameter } from '../http/uuid-parameter';
import { queryOf } from '../query-of';
import { requireReader } from '../reader';
import type { ReaderDeps } from '../reader';
import { limitIn } from '../http/page-limit';
import { lastDays, rangeIn } from '../http/range';
import type { Range } from '../http/range';
import { cursorContext, openCursor, sealCursor } from '../v2/cursor';
import {
  anyText,
  cursorParameter,
  limitParameter,
  rangeParameters,
} from '../http/parameter-table';
import { readParameters } from '../http/parameters';

export const QUARANTINE_PATH = '/v2/quarantine';
export const QUARANTINED_PATH = '/v2/quarantine/:id';
export const RAW_PATH = '/v2/quarantine/:id/raw';

export const quarantineParameters = {
  ...rangeParameters,
  reason: anyText('Any of these, with commas between them'),
  limit: limitParameter,
  cursor: cursorParameter,
};
const MEDIA_TYPE: Record<string, string> = {
  protobuf: 'application/x-protobuf',
  json: 'application/json',
};

type Position = NonNullable<QuarantinePage['after']>;

/** Where the next page begins, and the range, which would else move with the clock. */
interface Place {
  range: Range;
  after: Position;
}

/** `GET /v2/quarantine`: the records that could not be stored, and how many for which reason. */
export function quarantineRoute(deps: ReaderDeps): RequestHandler {
  return async function listQuarantinedV2(req, res) {
    const reading = await requireReader(req, deps);
    const params = readParameters(queryOf(req.url), quarantineParameters);
    const asked = rangeIn(params, lastDays());
    const limit = limitIn(params);
    const reason = params.text('reason');
    const context = await cursorContext(deps, reading.access, [
      'quarantine',
      params.time('start_time') ?? null,
      params.time('end_time') ?? null,
      reason ?? null,
    ]);
    const cursor = params.text('cursor');
    const place =
      cursor === undefined ? undefined : (openCursor(cursor, context) as Place);
    const range = place?.range ?? asked;
    const { rows, reasons } = await deps.database.inSnapshot(async (db) => ({
      rows: await listQuarantined(
        db,
        { ...range, reasons: reason?.split(',').filter(Boolean) },
        { limit, after: place?.after },
      ),
      reasons: await countQuarantined(db, range),
    }));
    reading.noteRows(rows.length);
    const last = rows.length === limit ? rows.at(-1) : undefined;
    res.json({
      data: rows,
      reasons,
      next_cursor: last
        ? sealCursor({ range, after: positionOf(last) }, context)
        : null,
    });
  };
}

/** `GET /v2/quarantine/{id}`: one such record, its bytes in base64. */
export function quarantinedRoute(deps: ReaderDeps): RequestHandler {
  return async function findQuarantinedV2(req, res) {
    const { row, raw } = await quarantinedOf(req, deps);
    res.json({ ...row, raw: Buffer.from(raw).toString('base64') });
  };
}

/** `GET /v2/quarantine/{id}/raw`: its bytes as they came, to be sent again when what was wrong is right. */
export function rawRoute(deps: ReaderDeps): RequestHandler {
  return async function findRawV2(req, res) {
    const { row, raw } = await quarantinedOf(req, deps);
    res
      .attachment(`${row.id}.${row.encoding === 'json' ? 'json' : 'bin'}`)
      .type(MEDIA_TYPE[row.encoding] ?? 'application/octet-stream')
      .send(Buffer.from(raw));
  };
}

async function quarantinedOf(req: Request, deps: ReaderDeps) {
  const reading = await requireReader(req, deps);
  const id = uuidParameter(req.params['id']);
  const found = await deps.database.inSnapshot((db) => findQuarantined(db, id));
  if (!found)
    throw new HttpError(
      'NotFoundError',
      `There is no record ${id} in quarantine`,
    );
  reading.noteRows(1);
  return found;
}

function positionOf({ recorded_at, id }: QuarantinedRow): Position {
  return { recordedAt: recorded_at, id };
}
