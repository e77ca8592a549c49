import { parseArgs } from 'node:util';
import {
  commitBatch,
  ensureMonth,
  foldCounts,
  foldStreams,
  migrate,
  registerReceiver,
  Rows,
  StreamRanges,
} from 'audit-event/store';
import type { AuditEvent } from 'audit-event';
import { openConnection } from 'collector-receiver';
import type { OpenConnection } from 'collector-receiver';
import { startEmbeddedPostgres } from 'stack';
import { DATA_FOLDER } from './seed/data-folder';
import { portalEvents } from './seed/portal-events';
import { progress } from './seed/progress';

const ROWS_PER_BATCH = 5_000;
/** Batches that are committed while the next ones are made. */
const CONNECTIONS = 2;
const DAY_MS = 86_400_000;
/** From an event to its commit. */
const LAG_MS = 300;

/**
 * Fills a kept database with the events of a portal up to now, committed as a receiver would: the benchmark `query` asks it.
 * A folder that is filled already is taken as it is.
 */
export async function seed(args: string[]): Promise<object> {
  const { values } = parseArgs({
    args,
    options: {
      rows: { type: 'string', default: '1000000' },
      days: { type: 'string', default: '90' },
      folder: { type: 'string', default: DATA_FOLDER },
    },
  });
  const rows = Number(values.rows);
  const postgres = await startEmbeddedPostgres(values.folder);
  const connections = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => openConnection(postgres.url)),
  );
  try {
    const db = connections[0]!;
    await migrate(db);
    await db.query(`set statement_timeout = 0`);
    const { rows: found } = await db.query(
      `select exists (select from audit.event) as is_filled`,
    );
    if (found[0].is_filled)
      throw new Error(
        `the folder ${postgres.folder} is filled already; remove it, or name another one by --folder`,
      );
    const toMs = Date.now();
    const start = performance.now();
    await fill(connections, {
      count: rows,
      fromMs: toMs - Number(values.days) * DAY_MS,
      toMs,
    });
    const seconds = (performance.now() - start) / 1_000;
    console.log('adding up, vacuuming');
    await foldCounts(db);
    await foldStreams(db);
    await db.query(`vacuum (analyze)`);
    const size = await db.query(
      `select pg_database_size(current_database())::text as bytes`,
    );
    return {
      rows,
      rowsPerS: Math.round(rows / seconds),
      gigabytes: Number((Number(size.rows[0].bytes) / 1e9).toFixed(2)),
      folder: postgres.folder,
    };
  } finally {
    await Promise.all(connections.map((connection) => connection.end()));
    await postgres.stop();
  }
}

async function fill(
  connections: OpenConnection[],
  options: { count: number; fromMs: number; toMs: number },
): Promise<void> {
  const show = progress(options.count, 'events');
  const batches = batchesOf(portalEvents(options));
  const months = new Set<number>();
  let done = 0;
  await Promise.all(
    connections.map(async (db) => {
      const receiverId = await registerReceiver(db, 'bench:seed', '0.0.0');
      let receiverSeq = 0;
      // Each connection takes the next batch when it has committed the one before.
      for (const { rows, ranges, lastMs } of batches) {
        for (const month of rows.months)
          if (!months.has(month)) {
            await ensureMonth(db, month);
            months.add(month);
          }
        await commitBatch(db, {
          receiverId,
          receiverSeq: ++receiverSeq,
          recordedAt: new Date(lastMs + LAG_MS),
          requests: [
            {
              bytes: rows.out.length,
              received: rows.count,
              events: {
                rows,
                raw: () => ({ encoding: 'json', raw: Buffer.alloc(0) }),
              },
              excluded: new Map(),
              quarantined: [],
              ranges: ranges.all,
              rulesHash: Buffer.alloc(32),
            },
          ],
        });
        show((done += rows.count));
      }
    }),
  );
}

function* batchesOf(events: Iterable<AuditEvent>) {
  let batch = emptyBatch();
  for (const event of events) {
    batch.rows.add(event, batch.rows.count);
    const { streamId, sequence, time, source } = event;
    batch.ranges.note(streamId!, sequence!, Number(time / 1_000n), source);
    batch.lastMs = Number(time / 1_000_000n);
    if (batch.rows.count === ROWS_PER_BATCH) {
      yield batch;
      batch = emptyBatch();
    }
  }
  if (batch.rows.count > 0) yield batch;
}

function emptyBatch() {
  return { rows: new Rows(), ranges: new StreamRanges(), lastMs: 0 };
}
