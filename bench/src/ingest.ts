import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { AuditEvent } from 'audit-event';
import { COPY_EVENTS, copyOfRows, Rows } from 'audit-event/store';
import { jsonEncoding, protobufEncoding } from 'auditor-otel';
import { openConnection } from 'collector-receiver';
import type { OpenConnection } from 'collector-receiver';
import { startEmbeddedPostgres } from 'stack';
import { median, quantile } from './in-turns';
import { startReceiver } from './receiver';
import { chunks, requestBodies, ROWS_PER_REQUEST } from './request-bodies';
import { syntheticEvents } from './synthetic-events';

/** Requests that wait for their answer at any time, each on a connection of its own. */
const REQUESTS_AT_ONCE = 12;
const ROWS_PER_COPY = 5_000;
/** To Postgres: of the COPY alone, and of the receiver. */
const CONNECTIONS = 4;

const encodings = { protobuf: protobufEncoding(), json: jsonEncoding() };
const contentTypes = {
  protobuf: 'application/x-protobuf',
  json: 'application/json',
};
type Kind = keyof typeof encodings;

/** One request, ready to be sent. */
interface Body {
  kind: Kind;
  bytes: Uint8Array;
}

/**
 * How many rows a second go from OTLP requests on the wire to committed rows, and how many Postgres alone takes by
 * COPY into the same table with the same indexes, measured in turns; the ratio of each round, and the median of these.
 * Then how long an acknowledgement takes at half the rate of protobuf.
 */
export async function ingest(args: string[]): Promise<Record<string, number>> {
  const { values } = parseArgs({
    args,
    options: {
      rows: { type: 'string', default: '200000' },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '20' },
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
  const { url } = receiver;
  const connections = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => openConnection(postgres.url)),
  );
  const rates = { copy: [], protobuf: [], json: [] } as Record<
    Kind | 'copy',
    number[]
  >;
  const db = connections[0]!;
  try {
    for (let round = 1; round <= Number(values.rounds); round++) {
      await empty(db);
      rates.copy.push(rows / (await timeCopies(connections, rows)));
      for (const kind of ['protobuf', 'json'] as const) {
        await empty(db);
        rates[kind].push(rows / (await timeRequests(url, kind, rows)));
        await expectStored(db, rows);
      }
      const [copy, protobuf, json] = [
        rates.copy,
        rates.protobuf,
        rates.json,
      ].map((all) => Math.round(all.at(-1)!));
      console.log(
        `round ${round}: COPY alone ${copy} rows/s, protobuf ${protobuf}, JSON ${json}`,
      );
    }
    await empty(db);
    const halfLoad = median(rates.protobuf) / 2;
    const waits = await timeAnswers(url, halfLoad, Number(values.seconds));
    const ratioOf = (kind: Kind) =>
      median(rates[kind].map((rate, round) => rate / rates.copy[round]!));
    return {
      protobufRatio: rounded(ratioOf('protobuf')),
      jsonRatio: rounded(ratioOf('json')),
      copyRowsPerS: Math.round(median(rates.copy)),
      protobufRowsPerS: Math.round(median(rates.protobuf)),
      jsonRowsPerS: Math.round(median(rates.json)),
      ackP50MsAtHalfLoad: rounded(quantile(waits, 0.5)),
      ackP99MsAtHalfLoad: rounded(quantile(waits, 0.99)),
    };
  } finally {
    await receiver.stop();
    await Promise.all(connections.map((connection) => connection.end()));
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Seconds to COPY the rows over all connections at once; encoding them is not counted. */
async function timeCopies(
  connections: OpenConnection[],
  rows: number,
): Promise<number> {
  const batches = chunks(newEvents(rows), ROWS_PER_COPY).map((events, i) => {
    const block = new Rows();
    events.forEach((event, record) => block.add(event, record));
    block.place({ recordedAt: new Date(), receiverId: 1, receiverSeq: i }, 0);
    return copyOfRows([block]);
  });
  return time(() =>
    inParallel(connections, batches, (connection, pieces) =>
      connection.copyIn(COPY_EVENTS, pieces),
    ),
  );
}

/** Seconds until the last of all requests is answered 200; encoding them is not counted. */
async function timeRequests(
  url: string,
  kind: Kind,
  rows: number,
): Promise<number> {
  const bodies = bodiesOf(kind, rows);
  const agent = new Agent({ keepAlive: true });
  const seconds = await time(() =>
    inParallel<Agent, Body>(
      Array(REQUESTS_AT_ONCE).fill(agent),
      bodies,
      (agent, body) => post(url, agent, body),
    ),
  );
  agent.destroy();
  return seconds;
}

/** How long each answer takes, in milliseconds from when its request was due, at a steady rate. */
async function timeAnswers(
  url: string,
  rowsPerS: number,
  seconds: number,
): Promise<number[]> {
  const bodies = bodiesOf('protobuf', rowsPerS * seconds);
  const agent = new Agent({ keepAlive: true });
  const start = performance.now();
  const waits = await Promise.all(
    bodies.map(async (body, i) => {
      const due = start + (i * ROWS_PER_REQUEST * 1000) / rowsPerS;
      await sleep(Math.max(0, due - performance.now()));
      await post(url, agent, body);
      return performance.now() - due;
    }),
  );
  agent.destroy();
  return waits;
}

function bodiesOf(kind: Kind, rows: number): Body[] {
  return requestBodies(encodings[kind], rows).map((bytes) => ({ kind, bytes }));
}

function post(url: string, agent: Agent, { kind, bytes }: Body): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': contentTypes[kind] };
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
    sent.end(bytes);
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
  await connection.query(`truncate audit.event, audit.event_count`);
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

function rounded(value: number): number {
  return Number(value.toFixed(3));
}
