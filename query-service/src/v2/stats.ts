import { readStats } from 'audit-event/store';
import type { RequestHandler } from 'express';
import { queryOf } from '../query-of';
import { requireReader } from '../reader';
import type { ReaderDeps } from '../reader';
import { readParameters } from '../http/parameters';

/** Below the plugin. */
export const STATS_PATH = '/v2/stats';

/** `GET /v2/stats`: how much is stored, in which partitions, and how old is what was stored last. */
export function statsRoute(deps: ReaderDeps): RequestHandler {
  return async function showStatsV2(req, res) {
    await requireReader(req, deps);

    readParameters(queryOf(req.url), {});
    res.json(await deps.database.inScan(readStats));
  };
}
