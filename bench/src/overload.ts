import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openConnection } from 'collector-receiver';
import { startEmbeddedPostgres } from 'stack';
import { startLoad } from './load-process';
import type { SendOptions, SendReport } from './load/send-requests';
import { COUNT_BY_REQUEST } from './numbered-requests';
import { startReceiver } from './receiver';
import { ROWS_PER_REQUEST } from './request-bodies';

/** How long capacity is measured, with this many requests at once. */
const CAPACITY_S = 10;
const CAPACITY_CONNECTIONS = 8;
const TIMES_CAPACITY = 3;
const CONNECTIONS = 128;
const SAMPLE_MS = 1_000;

/** What becomes of three times the load that the receiver can take: answers, memory, and every acknowledged record. */
export async function overload(args: string[]): Promise<object> {
  const { values } = parseArgs({
    args,
    options: { seconds: { type: 'string', default: '300' } },
  });
  const seconds = Number(values.seconds);
  const folder = mkdtempSync(join(tmpdir(), 'otel-audit-bench-'));
  const postgres = await startEmbeddedPostgres(folder);
  const receiver = await startReceiver(postgres.url);
  const send = async (
    options: Omit<SendOptions, 'url'>,
    forSeconds: number,
  ): Promise<SendReport> => {
    const load = await startLoad<SendReport>('send-requests', {
      url: receiver.url,
      ...options,
    });
    await sleep(forSeconds * 1_000);
    return load.stop();
  };
  try {
    const capacity = await send(
      { connections: CAPACITY_CONNECTIONS, first: 0 },
      CAPACITY_S,
    );
    const perSecond = capacity.acknowledged.length / CAPACITY_S;
    console.log(
      `capacity: ${perSecond} requests of ${ROWS_PER_REQUEST} records a second`,
    );
    const memory: number[] = [];
    const timer = setInterval(() => memory.push(receiver.rssMb()), SAMPLE_MS);
    const report = await send(
      {
        connections: CONNECTIONS,
        perSecond: perSecond * TIMES_CAPACITY,
        first: 1_000_000,
      },
      seconds,
    );
    clearInterval(timer);
    const acknowledged = [...capacity.acknowledged, ...report.acknowledged];
    return {
      lost: await countLost(postgres.url, acknowledged),
      acknowledged: acknowledged.length * ROWS_PER_REQUEST,
      maxRssMb: Math.round(Math.max(...memory)),
      rssSlopeMbPerMin: Number(
        slopePerMinute(memory.slice(memory.length >> 1)).toFixed(1),
      ),
      statuses: report.statuses,
      capacityRowsPerS: Math.round(perSecond * ROWS_PER_REQUEST),
      overloadRowsPerS: Math.round(
        (report.acknowledged.length * ROWS_PER_REQUEST) / seconds,
      ),
    };
  } finally {
    await receiver.stop();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Records that were acknowledged and are not in the table. */
async function countLost(
  databaseUrl: string,
  acknowledged: number[],
): Promise<number> {
  const db = await openConnection(databaseUrl);
  try {
    await db.query(`set statement_timeout = 0`);
    const { rows } = await db.query(COUNT_BY_REQUEST);
    const stored = new Map(
      (rows as { request: string; records: number }[]).map((row) => [
        parseInt(row.request, 16),
        row.records,
      ]),
    );
    return acknowledged
      .map((request) => ROWS_PER_REQUEST - (stored.get(request) ?? 0))
      .reduce((sum, missing) => sum + missing, 0);
  } finally {
    await db.end();
  }
}

/** Of a line through the samples (least squares). */
function slopePerMinute(samples: number[]): number {
  const meanX = (samples.length - 1) / 2;
  const meanY = samples.reduce((sum, y) => sum + y, 0) / samples.length;
  let above = 0;
  let below = 0;
  for (const [x, y] of samples.entries()) {
    above += (x - meanX) * (y - meanY);
    below += (x - meanX) ** 2;
  }
  return (above / below) * (60_000 / SAMPLE_MS);
}
