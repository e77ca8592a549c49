import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { toLogRecord } from 'audit-event';
import type { AuditEvent } from 'audit-event';
import { COPY_EVENTS, encodeRows } from 'audit-event/store';
import { protobufEncoding } from 'auditor-otel';
import { openConnection } from 'collector-receiver';
import type { OpenConnection } from 'collector-receiver';
import { startEmbeddedPostgres } from 'stack';
import { startReceiver } from './receiver';
import { syntheticEvents, syntheticSource } from './synthetic-events';

const ROWS_PER_REQUEST = 512;
const REQUESTS_AT_ONCE = 8;
const ROWS_PER_COPY = 5_000;
const CONNECTIONS = 2;

/**
 * How many rows a second go from OTLP requests on the wire to committed rows, and how many Postgres alone takes by
 * COPY into the same table with the same indexes, measured in turns; medians.
 */
export async function ingest(args: string[]): Promise<Record<string, number>> {
  const { values } = parseArgs({
    args,
    options: {
      rows: { type: 'string', default: '200000' },
      rounds: { type: 'string', default: '3' },
      // A folder: the receiver writes its CPU profile there.
      profile: { type: 'string' },
    },
  });
  const rows = Number(values.rows);
  const folder = mkdtempSync(join(tmpdir(), 'otel-audit-bench-'));
  const postgres = await startEmbeddedPostgres(folder);
  const receiver = await startReceiver(
    postgres.url,
    values.profile ? ['--cpu-prof', `--cpu-prof-dir=${values.profile}`] : [],
  );
  const connections = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => openConnection(postgres.url)),
  );
  const copied: number[] = [];
  const received: number[] = [];
  try {
    for (let round = 1; round <= Number(values.rounds); round++) {
      copied.push(rows / (await timeCopies(connections, rows)));
      await empty(connections[0]!);
      received.push(rows / (await timeRequests(receiver.url, rows)));
      await expectStored(connections[0]!, rows);
      await empty(connections[0]!);
      console.log(
        `round ${round}: COPY alone ${copied.at(-1)!.toFixed(0)} rows/s, through the receiver ${received.at(-1)!.toFixed(0)} rows/s`,
      );
    }
  } finally {
    await receiver.stop();
    await Promise.all(connections.map((connection) => connection.end()));
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  const rowsPerS = median(received);
  const copyRowsPerS = median(copied);
  return {
    rowsPerS: Math.round(rowsPerS),
    copyRowsPerS: Math.round(copyRowsPerS),
    ratio: Number((rowsPerS / copyRowsPerS).toFixed(3)),
  };
}

/** Seconds to COPY the rows over all connections at once; encoding them is not counted. */
async function timeCopies(
  connections: OpenConnection[],
  rows: number,
): Promise<number> {
  const batches = chunks(newEvents(rows), ROWS_PER_COPY).map((events, i) =>
    encodeRows(events, { recordedAt: now(), receiverId: 1, receiverSeq: i }),
  );
  return time(() =>
    inParallel(connections, batches, (connection, bytes) =>
      connection.copyIn(COPY_EVENTS, bytes),
    ),
  );
}

/** Seconds until the last of all requests is answered 200; encoding them is not counted. */
async function timeRequests(url: string, rows: number): Promise<number> {
  const encoding = protobufEncoding();
  const bodies = chunks(newEvents(rows), ROWS_PER_REQUEST).map((events) =>
    encoding.encodeRequest(
      syntheticSource,
      events.map((event) => encoding.encodeRecord(toLogRecord(event))),
    ),
  );
  const agent = new Agent({ keepAlive: true });
  const seconds = await time(() =>
    inParallel<Agent, Uint8Array>(
      Array(REQUESTS_AT_ONCE).fill(agent),
      bodies,
      (agent, body) => post(url, agent, body),
    ),
  );
  agent.destroy();
  return seconds;
}

function post(url: string, agent: Agent, body: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/x-protobuf' };
    const sent = request(
      `${url}/v1/logs`,
      { agent, method: 'POST', headers },
      (answer) => {
        answer.resume();
        answer.on('end', () =>
          answer.statusCode === 200
            ? resolve()
            : reject(new Error(`expected 200, got ${answer.statusCode}`)),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Each worker takes the next item when it has done the one before. */
async function inParallel<W, T>(
  workers: W[],
  items: T[],
  work: (worker: W, item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  await Promise.all(
    workers.map(async (worker) => {
      for (const item of queue) await work(worker, item);
    }),
  );
}

async function time(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

async function empty(connection: OpenConnection): Promise<void> {
  await connection.query(`truncate audit.event`);
  await connection.query(`checkpoint`);
}

async function expectStored(
  connection: OpenConnection,
  rows: number,
): Promise<void> {
  const result = await connection.query(
    `select count(*)::integer as rows from audit.event`,
  );
  if (result.rows[0].rows !== rows)
    throw new Error(`expected ${rows} rows, got ${result.rows[0].rows}`);
}

function newEvents(count: number): AuditEvent[] {
  return syntheticEvents(count, now());
}

function now(): bigint {
  return BigInt(Date.now()) * 1_000_000n;
}

function chunks<T>(items: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}
