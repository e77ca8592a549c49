import {
  expectedSchemaVersion,
  schemaVersion,
  unsafeDurability,
} from 'audit-event/store';
import type { Queryable } from 'audit-event/store';
import { messageOf } from '../message-of';
import type { Readiness } from './readiness';

export interface CheckDatabaseOptions {
  /** Takes a server whose settings make commits unsafe for ready. */
  allowUnsafeDurability: boolean;
  /** Takes only a server with synchronous standbys for safe. */
  requireStandby: boolean;
}

/**
 * Asks the database whether it has the schema and the settings that a durable commit needs. A schema newer than this
 * code knows is fine: migrations keep what an older receiver uses.
 */
export async function checkDatabase(
  db: Queryable,
  { allowUnsafeDurability, requireStandby }: CheckDatabaseOptions,
): Promise<Readiness> {
  try {
    const version = await schemaVersion(db);
    const expected = expectedSchemaVersion();
    if (version < expected)
      return {
        status: 'unsafe',
        reason: `expected schema version ${expected}, got ${version}`,
      };
    if (allowUnsafeDurability) return { status: 'ready' };
    const [reason] = await unsafeDurability(db, { requireStandby });
    return reason === undefined
      ? { status: 'ready' }
      : { status: 'unsafe', reason };
  } catch (error) {
    return {
      status: 'failing',
      reason: `the database does not answer: ${messageOf(error)}`,
    };
  }
}
