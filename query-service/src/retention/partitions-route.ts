import {
  databaseBytes,
  findTombstones,
  listPartitions,
} from 'audit-event/store';
import type { RequestHandler } from 'express';
import { queryOf } from '../query-of';
import { requireReader } from '../reader';
import type { ReaderDeps } from '../reader';
import { readParameters } from '../http/parameters';

/** Below the plugin. */
export const PARTITIONS_PATH = '/v2/partitions';

/** `GET /v2/partitions`: in which months events are stored, when each is due to be dropped, and what is left of those that were. */
export function partitionsRoute(deps: ReaderDeps): RequestHandler {
  return async function listPartitionsV2(req, res) {
    await requireReader(req, deps);

    readParameters(queryOf(req.url), {});
    const found = await deps.database.inScan(async (db) => ({
      database_bytes: await databaseBytes(db),
      partitions: await listPartitions(db),
      tombstones: await findTombstones(db),
    }));
    res.json(found);
  };
}
