import { setTimeout as sleep } from 'node:timers/promises';
import { startTestService } from './service';
import type { TestService } from './service';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

/** Who waits for a lock, once somebody does. */
async function waiting(): Promise<string> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const { rows } = await service.database.pool.query(
      `select application_name from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (rows.length > 0) return rows[0].application_name;
    await sleep(50);
  }
  throw new Error('expected somebody to wait within five seconds');
}

it.each([
  [
    'a dry run',
    'audit.event',
    () =>
      service.admin('POST', '/v2/rules/dry-run', {
        body: { rule: { eventId: 'task' } },
      }),
  ],
  [
    'a ledger that is compared with what is there',
    'audit.exclusion_count',
    () => service.admin('GET', '/v2/ledger?compare=true'),
  ],
])(
  '%s takes no connection from pages, since it reads much',
  async (_, table, ask) => {
    const lock = await service.database.pool.connect();
    await lock.query(`begin; lock table ${table}`);
    const answer = ask();
    try {
      expect(await waiting()).toBe('otel-audit query-service scans');
    } finally {
      await lock.query('rollback');
      lock.release();
    }
    expect((await answer).status).toBe(200);
  },
);
