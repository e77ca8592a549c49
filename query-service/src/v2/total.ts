import { countEvents } from 'audit-event/store';
import type { RequestHandler } from 'express';
import { lastDays } from '../http/range';
import { queryOf } from '../query-of';
import { requireReader } from '../reader';
import type { ReaderDeps } from '../reader';
import { readSearch } from './search/read-search';

/** Below the plugin. */
export const TOTAL_PATH = '/v2/total';

/** Nothing beside the filters. */
export const totalParameters = {};

/** `GET /v2/total`: how many events are found, apart from their pages, which do not wait for it. */
export function totalRoute(deps: ReaderDeps): RequestHandler {
  return async function showTotalV2(req, res) {
    await requireReader(req, deps);

    const { search } = readSearch(
      queryOf(req.url),
      totalParameters,
      lastDays(),
    );
    res.json(await deps.database.inScan((db) => countEvents(db, search)));
  };
}
