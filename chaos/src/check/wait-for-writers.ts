import { setTimeout as sleep } from 'node:timers/promises';
import type { Queryable } from 'audit-event/store';

const TIMEOUT_MS = 60_000;
const POLL_MS = 20;

/**
 * Waits until Postgres has ended every session of a receiver. That of a killed one lives on for as long as its last
 * statement, and may still commit.
 *
 * @throws when one is still there after a minute
 */
export async function waitForWriters(db: Queryable): Promise<void> {
  const deadline = Date.now() + TIMEOUT_MS;
  for (;;) {
    const { rows } = await db.query(
      `select count(*)::integer as sessions from pg_stat_activity
       where backend_type = 'client backend' and datname = current_database() and pid <> pg_backend_pid()`,
    );
    const sessions = rows[0].sessions as number;
    if (sessions === 0) return;
    if (Date.now() > deadline)
      throw new Error(
        `expected the database to have no other sessions ${TIMEOUT_MS / 1000} s after the receiver ended, but it has ${sessions}`,
      );
    await sleep(POLL_MS);
  }
}
