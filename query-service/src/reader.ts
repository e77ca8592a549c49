import type { Request } from 'express';
import type { Access } from './access/access';
import { requireAccess } from './access/require-access';
import type { AccessDeps } from './access/require-access';
import { readPermission } from './audit-log-plugin';
import type { Permission } from './audit-log-plugin';
import type { Reading, Readings } from './audit/readings';
import type { Database } from './database';
import type { Limits } from './limits';

/** What a route that reads needs. */
export interface ReaderDeps extends AccessDeps {
  database: Pick<Database, 'quick' | 'inSnapshot' | 'inScan'>;
  readings: Readings;
  /** Signs cursors. */
  cursorKey: () => Promise<Uint8Array>;
  /** Says that the service stops: what would go on for ever ends. */
  stopping: AbortSignal;
  limits: Limits;
}

/**
 * Lets a request pass whose token may read, when it is in the log that it did.
 *
 * @param permission what it needs; `audit.log.read` if nothing is said
 * @returns where to note how many rows were read
 * @throws HttpError `AuthenticationError` or `NotAllowedError`
 */
export async function requireReader(
  req: Request,
  deps: Pick<ReaderDeps, 'readings'> & AccessDeps,
  permission: Permission = readPermission,
): Promise<Reading & { access: Access }> {
  const access = await requireAccess(req, deps, permission);
  const reading = await deps.readings.note(req, access);
  return { ...reading, access };
}

/**
 * Reads for a request whose token may, while the log is told that it does: neither waits for the other, and nothing is
 * given out before both are done. What fails, fails the request.
 *
 * @param read gets what the request comes with
 * @throws HttpError `AuthenticationError` or `NotAllowedError`, and what `read` throws
 * @example
 * const { result, noteRows } = await readWhileTold(req, deps, () => deps.database.inSnapshot(find));
 */
export async function readWhileTold<T>(
  req: Request,
  deps: Pick<ReaderDeps, 'readings'> & AccessDeps,
  read: (access: Access) => Promise<T>,
): Promise<Reading & { result: T }> {
  const access = await requireAccess(req, deps, readPermission);
  const [reading, result] = await Promise.all([
    deps.readings.note(req, access),
    read(access),
  ]);
  return { ...reading, result };
}
