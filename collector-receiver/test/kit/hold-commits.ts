import { setTimeout as sleep } from 'node:timers/promises';
import type { TestDatabase } from '../../../test/src/database';

/** Commits of the receiver wait until they are let go. */
export interface HeldCommits {
  /** Resolves once a commit waits. */
  isWaitedFor(): Promise<void>;
  release(): Promise<void>;
}

/** Takes a lock that every commit needs. */
export async function holdCommits({
  pool,
}: TestDatabase): Promise<HeldCommits> {
  const client = await pool.connect();
  await client.query('begin');
  await client.query('lock table audit.batch in exclusive mode');
  return {
    async isWaitedFor() {
      for (;;) {
        const { rows } = await pool.query(
          `select 1 from pg_locks where relation = 'audit.batch'::regclass and not granted`,
        );
        if (rows.length > 0) return;
        await sleep(10);
      }
    },
    async release() {
      await client.query('commit');
      client.release();
    },
  };
}
