import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  commitBatch,
  ensureMonth,
  migrate,
  registerReceiver,
  Rows,
} from 'audit-event/store';
import type { Received } from 'audit-event/store';
import { openConnection } from 'collector-receiver';
import type { OpenConnection } from 'collector-receiver';
import { startEmbeddedPostgres } from 'stack';
import { median } from './in-turns';
import { portalEvents } from './seed/portal-events';

/** As a receiver commits that has much to do. */
const ROWS_PER_BATCH = 1_000;
const HOUR_MS = 3_600_000;
/** Clock ticks of /proc in a second, on every Linux. */
const TICKS_PER_S = 100;

/** What is left out of a turn: an index by its definition, or the counts. */
interface Part {
  name: string;
  drop?: string;
  create?: string;
}

interface Cost {
  /** Microseconds of the processor that Postgres takes less for a row without it, and their share of all. */
  usPerRow: number;
  share: number;
}

/**
 * What each index, and the hourly counts, cost a commit: batches are committed with all of them, and without each, in turns. Processor
 * time of the one process of Postgres that does it, so that other work on the machine matters little.
 */
export async function indexCost(args: string[]): Promise<object> {
  const { values } = parseArgs({
    args,
    options: {
      rows: { type: 'string', default: '100000' },
      rounds: { type: 'string', default: '3' },
    },
  });
  const folder = mkdtempSync(join(tmpdir(), 'otel-audit-bench-'));
  const postgres = await startEmbeddedPostgres(folder);
  const db = await openConnection(postgres.url);
  try {
    await migrate(db);
    const receiverId = await registerReceiver(db, 'bench:index-cost', '0.0.0');
    const parts: Part[] = [
      { name: 'all of them' },
      { name: 'hourly counts' },
      ...(await indexesOf(db)),
    ];
    const seconds = new Map(parts.map(({ name }) => [name, [] as number[]]));
    let receiverSeq = 0;
    for (let round = 0; round <= Number(values.rounds); round++)
      for (const { name, drop, create } of parts) {
        await db.query(`truncate audit.event, audit.event_count`);
        if (drop !== undefined) await db.query(drop);
        const batches = batchesOf(Number(values.rows));
        for (const { months } of batches)
          for (const month of months) await ensureMonth(db, month);
        if (name === 'hourly counts')
          for (const rows of batches) rows.counts.clear();
        const before = await cpuSeconds(db);
        for (const rows of batches)
          await commitBatch(db, {
            receiverId,
            receiverSeq: ++receiverSeq,
            recordedAt: new Date(),
            requests: [requestOf(rows)],
          });
        const taken = (await cpuSeconds(db)) - before;
        // The first round warms the process up.
        if (round > 0) seconds.get(name)!.push(taken);
        if (create !== undefined) await db.query(create);
      }
    return costsOf(seconds, Number(values.rows));
  } finally {
    await db.end();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function costsOf(
  seconds: Map<string, number[]>,
  rows: number,
): Record<string, Cost> {
  const [all, ...others] = [...seconds].map(([name, taken]) => ({
    name,
    usPerRow: (median(taken) * 1e6) / rows,
  }));
  const costs: Record<string, Cost> = {
    [all!.name]: { usPerRow: rounded(all!.usPerRow), share: 1 },
  };
  for (const { name, usPerRow } of others) {
    const less = all!.usPerRow - usPerRow;
    costs[name] = {
      usPerRow: rounded(less),
      share: rounded(less / all!.usPerRow),
    };
    console.log(
      `${name.padEnd(20)} ${less.toFixed(1).padStart(6)} µs a row of ${all!.usPerRow.toFixed(1)}`,
    );
  }
  return costs;
}

/** All indexes of events but that of the primary key, which nothing can do without. */
async function indexesOf(db: OpenConnection): Promise<Part[]> {
  const { rows } = await db.query(
    `select indexname as name, indexdef as create
     from pg_indexes
     where schemaname = 'audit' and tablename = 'event' and indexname <> 'event_pkey'
     order by indexname`,
  );
  return rows.map(({ name, create }) => ({
    name: name as string,
    drop: `drop index audit.${name}`,
    create: (create as string).replace(' ON ONLY ', ' ON '),
  }));
}

/** An hour of a portal, up to now. */
function batchesOf(count: number): Rows[] {
  const toMs = Date.now();
  const batches: Rows[] = [];
  for (const event of portalEvents({ count, fromMs: toMs - HOUR_MS, toMs })) {
    let last = batches.at(-1);
    if (last === undefined || last.count === ROWS_PER_BATCH)
      batches.push((last = new Rows()));
    last.add(event, last.count);
  }
  return batches;
}

function requestOf(rows: Rows): Received {
  return {
    bytes: rows.out.length,
    received: rows.count,
    events: { rows, raw: () => ({ encoding: 'json', raw: Buffer.alloc(0) }) },
    excluded: new Map<string, number>(),
    quarantined: [],
    ranges: [],
    rulesHash: Buffer.alloc(32),
  };
}

/** Of the process that serves a connection, its own and the kernel's for it. */
async function cpuSeconds(db: OpenConnection): Promise<number> {
  const { rows } = await db.query(`select pg_backend_pid() as pid`);
  const stat = readFileSync(`/proc/${rows[0].pid}/stat`, 'utf8');
  // The name of the process, in brackets, may have spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_S;
}

function rounded(value: number): number {
  return Number(value.toFixed(2));
}
