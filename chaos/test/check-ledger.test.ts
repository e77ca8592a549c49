import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig, runReceiver } from 'collector-receiver';
import { pino } from 'pino';
import { createTestDatabase } from '../../test/src/database';
import type { TestDatabase } from '../../test/src/database';
import { checkLedger } from '../src/check/check-ledger';
import type { Findings } from '../src/check/findings';
import type { SenderLedger } from '../src/load/ledger';
import { RULES_FILE } from '../src/load/plan-request';
import { startLoad } from '../src/load/start-load';

const ANSWERS = 15;
const origin = { seed: 7, startedAt: BigInt(Date.now()) * 1_000_000n };
const nothing = { lost: 0, dup: 0, phantom: 0, corrupt: 0, miscounted: 0 };

describe('checkLedger', () => {
  let database: TestDatabase;
  let ledgers: readonly SenderLedger[];

  beforeAll(async () => {
    database = await createTestDatabase();
    ledgers = await sendSome(database.url);
  });
  afterAll(() => database.drop());

  /** The findings after some statements, which are then undone. */
  async function findingsAfter(...statements: string[]): Promise<Findings> {
    const db = await database.pool.connect();
    try {
      await db.query('begin');
      for (const statement of statements) {
        const { rowCount } = await db.query(statement);
        expect(rowCount).not.toBe(0);
      }
      return await checkLedger(db, origin, ledgers);
    } finally {
      await db.query('rollback');
      db.release();
    }
  }

  it('finds nothing where all is well', async () => {
    expect(await findingsAfter()).toEqual({ counts: nothing, examples: [] });
  });

  const SOME_EVENT = `select id from audit.event order by id limit 1`;
  const SOME_QUARANTINED = `select id from audit.quarantine order by id limit 1`;
  const COPY_OF_EVENT = `
    create temporary table copy on commit drop as
    select * from audit.event where id = (${SOME_EVENT})`;
  const LAST_BATCH = `select receiver_id, receiver_seq from audit.batch order by 1 desc, 2 desc limit 1`;
  const SOME_EXCLUDED = `select receiver_id, receiver_seq from audit.exclusion_count order by 1, 2, rule_id limit 1`;

  it.each<[string, Partial<typeof nothing>, ...string[]]>([
    [
      'an event that is gone',
      { lost: 1, miscounted: 1 },
      `delete from audit.event where id = (${SOME_EVENT})`,
    ],
    [
      'an event that is there twice, at another time',
      { dup: 1, corrupt: 1, miscounted: 1 },
      COPY_OF_EVENT,
      `update copy set event_time = event_time - interval '1 microsecond'`,
      `insert into audit.event select * from copy`,
    ],
    [
      'an event that was never sent',
      { phantom: 1, miscounted: 1 },
      COPY_OF_EVENT,
      `update copy set id = gen_random_uuid()`,
      `insert into audit.event select * from copy`,
    ],
    [
      'another actor',
      { corrupt: 1 },
      `update audit.event set actor_id = actor_id || 'x' where id = (${SOME_EVENT})`,
    ],
    [
      'another number deep in meta',
      { corrupt: 1 },
      `update audit.event set meta = jsonb_set(meta, '{nested,more}', '1') where id = (${SOME_EVENT})`,
    ],
    [
      'a quarantined record that is gone',
      { lost: 1, miscounted: 1 },
      `delete from audit.quarantine where id = (${SOME_QUARANTINED})`,
    ],
    [
      'a quarantined record cut short',
      { corrupt: 1 },
      `update audit.quarantine set raw = substring(raw from 1 for length(raw) - 20) where id = (${SOME_QUARANTINED})`,
    ],
    [
      'a quarantined record that is there twice',
      { dup: 1, miscounted: 1 },
      `insert into audit.quarantine
       select gen_random_uuid(), recorded_at, receiver_id, receiver_seq, reason, detail, encoding, raw
       from audit.quarantine where id = (${SOME_QUARANTINED})`,
    ],
    [
      'a quarantined record that was never sent',
      { phantom: 1, miscounted: 1 },
      `insert into audit.quarantine
       select gen_random_uuid(), recorded_at, receiver_id, receiver_seq, reason, detail, encoding, ''
       from audit.quarantine where id = (${SOME_QUARANTINED})`,
    ],
    [
      'an excluded record too few in a batch',
      { lost: 1, miscounted: 1 },
      `update audit.batch set excluded = excluded - 1, received = received - 1
       where (receiver_id, receiver_seq) = (${SOME_EXCLUDED})`,
    ],
    [
      'an excluded record too many in a batch',
      { phantom: 1, miscounted: 1 },
      `update audit.batch set excluded = excluded + 1, received = received + 1
       where (receiver_id, receiver_seq) = (${SOME_EXCLUDED})`,
    ],
    [
      'a batch that does not add up',
      { miscounted: 1 },
      // The database itself refuses it.
      `alter table audit.batch drop constraint batch_adds_up`,
      `update audit.batch set received = received + 1 where (receiver_id, receiver_seq) = (${LAST_BATCH})`,
    ],
    [
      // The batch without its rows, the rows without their batch, the gap.
      'a batch with another number',
      { miscounted: 3 },
      `update audit.batch set receiver_seq = receiver_seq + 1 where (receiver_id, receiver_seq) = (${LAST_BATCH})`,
    ],
  ])('finds %s', async (_, expected, ...statements) => {
    const { counts } = await findingsAfter(...statements);
    expect(counts).toEqual({ ...nothing, ...expected });
  });
});

/** Sends to a receiver until it has answered some requests. */
async function sendSome(databaseUrl: string): Promise<readonly SenderLedger[]> {
  const folder = mkdtempSync(join(tmpdir(), 'otel-audit-chaos-test-'));
  const file = join(folder, 'audit.yaml');
  writeFileSync(file, RULES_FILE);
  const config = loadConfig({
    AUDIT_DATABASE_URL: databaseUrl,
    AUDIT_RECEIVER_HTTP_PORT: '0',
    AUDIT_RECEIVER_GRPC_PORT: '0',
    AUDIT_CONFIG: file,
  });
  const receiver = await runReceiver(config, pino({ level: 'silent' }));
  const load = startLoad(origin, receiver.url);
  try {
    for (let answers = 0; answers < ANSWERS; answers++)
      await load.nextAcknowledged();
    await load.stop();
    return load.ledgers;
  } finally {
    await load.abandon();
    await receiver.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
