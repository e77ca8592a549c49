import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from 'stack';
import { loadConfig, startQueryService } from 'query-service';
import { pino } from 'pino';
import { quantile } from './in-turns';
import { CASES } from './query/cases';
import type { Case } from './query/cases';
import { DATA_FOLDER } from './seed/data-folder';

const TOKEN = 'a-token-of-the-benchmark';

/** Milliseconds. */
interface Figures {
  cold: number;
  p50: number;
  p99: number;
}

/**
 * How long the API takes to answer over HTTP on the database that `seed` filled: each case first on a server that was just
 * started, whose buffers are empty (what the operating system has in memory stays there), then again and again.
 */
export async function query(args: string[]): Promise<object> {
  const { values } = parseArgs({
    args,
    options: {
      folder: { type: 'string', default: DATA_FOLDER },
      runs: { type: 'string', default: '30' },
      /** Only cases with this in their name. */
      only: { type: 'string', default: '' },
      timeout: { type: 'string', default: '60000' },
    },
  });
  const figures: Record<string, Figures> = {};
  for (const one of CASES.filter(({ name }) => name.includes(values.only))) {
    figures[one.name] = await withService(values, (ask) =>
      measure(one, Number(values.runs), ask),
    );
    console.log(line(one.name, figures[one.name]!));
  }
  return figures;
}

async function measure(
  { path }: Case,
  runs: number,
  ask: (path: string) => Promise<number>,
): Promise<Figures> {
  // Connections and catalogue are warm; the data are not.
  await ask('/readyz');
  const cold = await ask(path(0));
  const warm: number[] = [];
  for (let run = 1; run <= runs; run++) warm.push(await ask(path(run)));
  return { cold, p50: quantile(warm, 0.5), p99: quantile(warm, 0.99) };
}

async function withService<T>(
  { folder, timeout }: { folder: string; timeout: string },
  work: (ask: (path: string) => Promise<number>) => Promise<T>,
): Promise<T> {
  const postgres = await startEmbeddedPostgres(folder);
  try {
    const config = loadConfig({
      AUDIT_DATABASE_URL: postgres.url,
      AUDIT_QUERY_PORT: '0',
      AUDIT_QUERY_STATEMENT_TIMEOUT_MS: timeout,
      AUDIT_API_TOKEN: TOKEN,
    });
    const service = await startQueryService(config, {
      logger: pino({ level: 'silent' }),
    });
    try {
      return await work((path) => time(service.url + path));
    } finally {
      await service.close();
    }
  } finally {
    await postgres.stop();
  }
}

/** Milliseconds until the whole answer is there. */
async function time(url: string): Promise<number> {
  const start = performance.now();
  const answer = await fetch(url, {
    headers: { authorization: `Bearer ${TOKEN}` },
  });
  const text = await answer.text();
  if (!answer.ok)
    throw new Error(`expected 200 from ${url}, got ${answer.status}: ${text}`);
  return Number((performance.now() - start).toFixed(1));
}

function line(name: string, { cold, p50, p99 }: Figures): string {
  const shown = [cold, p50, p99].map((ms) => ms.toFixed(1).padStart(9));
  return `${name.padEnd(40)} cold ${shown[0]} ms, p50 ${shown[1]} ms, p99 ${shown[2]} ms`;
}
