import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuditor } from 'auditor-otel';
import { loadConfig, runReceiver } from 'collector-receiver';
import { pino } from 'pino';
import { createTestDatabase } from '../../test/src/database';
import type { TestDatabase } from '../../test/src/database';
import { recordOptionsOf } from '../src/emitter/plan-record';
import { checkPipeline } from '../src/pipeline/check/check-pipeline';
import { createJournal } from '../src/pipeline/emit/journal';
import type { Journal } from '../src/pipeline/emit/journal';
import { planEvent } from '../src/pipeline/emit/plan-event';

const EVENTS = 300;
const startedAt = BigInt(Date.now()) * 1_000_000n;
const origin = { seed: 7, startedAt };
const nothing = {
  ...{ lost: 0, dup: 0, phantom: 0, corrupt: 0 },
  ...{ miscounted: 0, gap: 0, left: 0, unwell: 0 },
};

describe('checkPipeline', () => {
  let folder: string;
  let journal: Journal;
  let filled: TestDatabase;
  let name: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'otel-audit-check-'));
    journal = createJournal(join(folder, 'promised.txt'));
    filled = await createTestDatabase();
    name = new URL(filled.url).pathname.slice(1);
    await emitTo(filled.url);
    // A database that somebody is connected to cannot be cloned.
    await filled.pool.end();
  });
  afterAll(async () => {
    journal.close();
    rmSync(folder, { recursive: true });
    await filled.drop().catch(() => undefined);
  });

  /** Emits as the emitters of a run do, and notes what is promised. */
  async function emitTo(databaseUrl: string): Promise<void> {
    const config = loadConfig({
      AUDIT_DATABASE_URL: databaseUrl,
      AUDIT_RECEIVER_HTTP_PORT: '0',
      AUDIT_RECEIVER_GRPC_PORT: '0',
    });
    const receiver = await runReceiver(config, pino({ level: 'silent' }));
    const auditor = createAuditor({
      endpoint: receiver.url,
      serviceName: 'chaos',
      spool: { directory: join(folder, 'spool') },
    });
    for (let n = 0; n < EVENTS; n++) {
      const place = { process: 0, n, at: String(startedAt + BigInt(n)) };
      auditor.record(recordOptionsOf(planEvent(origin, place)));
      journal.note(0, n);
    }
    await auditor.close({ timeoutMs: 30_000 });
    await receiver.close();
  }

  /** What is found after some statements, in a copy of the database. */
  async function findingsAfter(...statements: string[]) {
    const database = await createTestDatabase(name);
    try {
      const db = await database.pool.connect();
      for (const statement of statements) {
        const { rowCount } = await db.query(statement);
        expect(rowCount).not.toBe(0);
      }
      const signal = new AbortController().signal;
      const options = { origin, journal, processes: 1, signal };
      const checked = await checkPipeline(db, options);
      db.release();
      return checked;
    } finally {
      await database.drop();
    }
  }

  it('finds nothing where all is well', async () => {
    const { findings, figures } = await findingsAfter();
    expect(findings).toEqual({ counts: nothing, examples: [] });
    expect(figures).toMatchObject({ events: EVENTS, promised: EVENTS });
  });

  const ONE = `(select id from audit.event where plugin_id <> 'audit-log' order by stream_seq limit 1 offset 5)`;
  const COPY = `create temporary table copy as select * from audit.event where id = ${ONE}`;
  const BACK = `insert into audit.event select * from copy`;

  it.each<[string, Partial<typeof nothing>, ...string[]]>([
    [
      'an event that is gone',
      { lost: 1, miscounted: 1, gap: 1 },
      `delete from audit.event where id = ${ONE}`,
    ],
    [
      'an event that is there twice, at another time',
      { dup: 1, corrupt: 1, miscounted: 1 },
      COPY,
      `update copy set event_time = event_time - interval '1 microsecond'`,
      BACK,
    ],
    [
      'an event that was never made',
      { phantom: 1, miscounted: 1 },
      COPY,
      `update copy set id = gen_random_uuid()`,
      BACK,
    ],
    [
      'an event that says to be of a process that never was',
      { phantom: 1, lost: 1 },
      `update audit.event set meta = jsonb_set(meta, '{place,process}', '9') where id = ${ONE}`,
    ],
    [
      'another actor',
      { corrupt: 1 },
      `update audit.event set actor_id = actor_id || 'x' where id = ${ONE}`,
    ],
    [
      'another number in meta',
      { corrupt: 1 },
      `update audit.event set meta = jsonb_set(meta, '{number}', '-7') where id = ${ONE}`,
    ],
    [
      'a batch that is gone',
      { miscounted: 1 },
      `delete from audit.batch where (receiver_id, receiver_seq) in (select receiver_id, receiver_seq from audit.batch order by 1, 2 limit 1)`,
    ],
    [
      'another place in the stream',
      { gap: 2 },
      `update audit.event set stream_seq = stream_seq + 100000 where id = ${ONE}`,
    ],
  ])('finds %s', async (_, expected, ...statements) => {
    const { findings } = await findingsAfter(...statements);
    expect(findings.counts).toEqual({ ...nothing, ...expected });
  });
});
