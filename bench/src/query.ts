import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from 'stack';
import type { EmbeddedPostgres } from 'stack';
import { quantile } from './in-turns';
import { CASES } from './query/cases';
import type { Case, Group } from './query/cases';
import { explain } from './query/explain';
import { ingestAlone, startIngest } from './query/ingest-beside';
import { deepPageRatio, timeDryRun, timeExport } from './query/long-answers';
import { startServiceProcess } from './query/service-process';
import type { ServiceProcess } from './query/service-process';
import { DATA_FOLDER } from './seed/data-folder';

/** Of so many of the slowest cases the plans are written down. */
const EXPLAINED = 8;

interface Figures extends Case {
  /** Milliseconds; undefined when it was not measured. */
  cold: number | undefined;
  p50: number;
  p99: number;
}

/**
 * How long the API takes to answer over HTTP on the database that `seed` filled, and what that costs the ingest that goes on
 * beside it: each case first on a server that was just started, whose buffers are empty (what the operating system has in
 * memory stays there), then, all on one server, again and again. What is ingested stays in the database.
 */
export async function query(args: string[]): Promise<object> {
  const { values } = parseArgs({
    args,
    options: {
      folder: { type: 'string', default: DATA_FOLDER },
      runs: { type: 'string', default: '30' },
      /** Only cases with this in their name. */
      only: { type: 'string', default: '' },
      /** Rows a second beside the readers; 0 for none. */
      ingest: { type: 'string', default: '5000' },
      /** How long the ingest alone is measured. */
      seconds: { type: 'string', default: '20' },
      'export-days': { type: 'string', default: '5' },
      /** Leaves out what the first answer of a new server takes. */
      warm: { type: 'boolean', default: false },
    },
  });
  const { folder } = values;
  const runs = Number(values.runs);
  const rate = Number(values.ingest);
  const cases = CASES.filter(({ name }) => name.includes(values.only));
  const cold = new Map<Case, number>();
  for (const one of values.warm ? [] : cases)
    cold.set(
      one,
      await withPostgres(folder, (postgres) =>
        withService(postgres, async ({ ask }) => (await ask(one.path(0))).ms),
      ),
    );
  return withPostgres(folder, async (postgres) => {
    const { url } = postgres;
    const alone =
      rate && (await ingestAlone(url, rate, Number(values.seconds)));
    const { figures, beside, ...long } = await withService(
      postgres,
      async (service) => {
        const ingest = rate > 0 ? await startIngest(url, rate) : undefined;
        let beside: number | undefined;
        const figures: Figures[] = [];
        let deep: number;
        let dryRun: Awaited<ReturnType<typeof timeDryRun>>;
        try {
          for (const one of cases) {
            const warm = await timesOf(one, runs, service);
            const [p50, p99] = [quantile(warm, 0.5), quantile(warm, 0.99)];
            figures.push({ ...one, cold: cold.get(one), p50, p99 });
            console.log(line(figures.at(-1)!));
          }
          deep = await deepPageRatio(service, runs);
          dryRun = await timeDryRun(service);
        } finally {
          beside = await ingest?.stop();
        }
        const exported = await timeExport(
          service,
          Number(values['export-days']),
        );
        return { figures, beside, deep, dryRun, exported };
      },
    );
    const slowest = figures.toSorted((a, b) => b.p99 - a.p99);
    console.log(
      `plans: ${await explain(postgres, slowest.slice(0, EXPLAINED))}`,
    );
    const worst = (group: Group) => {
      const times = figures.filter((one) => one.group === group);
      return times.length > 0
        ? rounded(Math.max(...times.map(({ p99 }) => p99)))
        : null;
    };
    return {
      firstPageP99Ms: worst('firstPage'),
      totalP99Ms: worst('total'),
      v1P99Ms: worst('v1'),
      deepPageRatio: rounded(long.deep),
      facetsP99Ms: worst('facets'),
      histogramP99Ms: worst('histogram'),
      textP99Ms: worst('text'),
      exportRowsPerS: Math.round(long.exported.rowsPerS),
      exportRssGrowthMb: Math.round(long.exported.rssGrowthMb),
      dryRunMs: Math.round(long.dryRun.ms),
      isDryRunComplete: long.dryRun.isComplete,
      ingestRatio: beside && alone ? rounded(beside / alone) : null,
      ingestRowsPerS: beside ? Math.round(beside) : null,
    };
  });
}

async function timesOf(
  { path }: Case,
  runs: number,
  { ask }: ServiceProcess,
): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run <= runs; run++) times.push((await ask(path(run))).ms);
  // The first one warms up what the others are about.
  return times.slice(1);
}

async function withPostgres<T>(
  folder: string,
  work: (postgres: EmbeddedPostgres) => Promise<T>,
): Promise<T> {
  const postgres = await startEmbeddedPostgres(folder);
  try {
    return await work(postgres);
  } finally {
    await postgres.stop();
  }
}

async function withService<T>(
  { url }: EmbeddedPostgres,
  work: (service: ServiceProcess) => Promise<T>,
): Promise<T> {
  const service = await startServiceProcess(url);
  try {
    return await work(service);
  } finally {
    await service.stop();
  }
}

function rounded(value: number): number {
  return Number(value.toFixed(2));
}

function line({ name, cold, p50, p99 }: Figures): string {
  const shown = [cold, p50, p99].map((ms) =>
    (ms?.toFixed(1) ?? '-').padStart(9),
  );
  return `${name.padEnd(40)} cold ${shown[0]} ms, p50 ${shown[1]} ms, p99 ${shown[2]} ms`;
}
