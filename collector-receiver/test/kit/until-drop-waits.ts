import { setTimeout as sleep } from 'node:timers/promises';
import { database } from './old-months';

/** Resolves when a drop that is under way waits for those who use the events. */
export async function untilDropWaits(): Promise<void> {
  for (let i = 0; i < 200; i++) {
    const { rows } = await database.pool.query(
      `select exists (
         select from pg_locks
         where not granted and mode = 'AccessExclusiveLock' and relation = 'audit.event'::regclass
       ) as found`,
    );
    if (rows[0].found) return;
    await sleep(10);
  }
  throw new Error('expected a drop that waits for the events, found none');
}
