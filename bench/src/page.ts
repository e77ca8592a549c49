import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from 'stack';
import type { Browser, BrowserContext } from 'playwright-core';
import { median, quantile } from './in-turns';
import { firstView, gzipBytes } from './page/first-view';
import type { FirstView } from './page/first-view';
import { scrollThrough } from './page/scroll-through';
import { startBrowser } from './page/start-browser';
import { BENCH_TOKEN, startServiceProcess } from './query/service-process';
import { DATA_FOLDER } from './seed/data-folder';

const VIEWPORT = { width: 1440, height: 900 };

/**
 * How long somebody waits for the web page, on the database that `seed` filled: for the first thing that is drawn, for
 * the explorer with its rows, bars and facets, and for frames while the list is scrolled through.
 */
export async function page(args: string[]): Promise<object> {
  const { values } = parseArgs({
    args,
    options: {
      folder: { type: 'string', default: DATA_FOLDER },
      runs: { type: 'string', default: '7' },
      /** Rows that are scrolled through; 0 for none. */
      rows: { type: 'string', default: '100000' },
      /** The explorer's time for the scrolling: as the page writes it into its address. */
      range: { type: 'string', default: '90d' },
    },
  });
  const postgres = await startEmbeddedPostgres(values.folder);
  const service = await startServiceProcess(postgres.url);
  const browser = await startBrowser();
  try {
    const views: FirstView[] = [];
    for (let run = 0; run <= Number(values.runs); run++) {
      // In each a browser that has nothing of the page yet.
      const context = await signedIn(browser, service.url);
      views.push(await firstView(context, `${service.url}/`));
      await context.close();
      console.log(
        `${run === 0 ? 'just started' : `run ${run}`}: ${line(views.at(-1)!)}`,
      );
    }
    // The first one warms up service and database.
    const [cold, ...warm] = views;
    const bytes = await Promise.all(cold!.scripts.map(gzipBytes));
    const result = {
      firstPaintMs: Math.round(median(warm.map(({ paintMs }) => paintMs))),
      scriptKb: Math.ceil(bytes.reduce((sum, one) => sum + one, 0) / 1_000),
      firstViewMs: Math.round(median(warm.map(({ viewMs }) => viewMs))),
      firstViewWorstMs: Math.round(
        Math.max(...warm.map(({ viewMs }) => viewMs)),
      ),
      firstViewColdMs: Math.round(cold!.viewMs),
    };
    if (Number(values.rows) === 0) return result;
    const context = await signedIn(browser, service.url);
    const { rows, frames, seconds, taskMs } = await scrollThrough(
      context,
      `${service.url}/?range=${values.range}`,
      Number(values.rows),
    );
    console.log(`scrolled through ${rows} rows in ${seconds.toFixed(1)} s`);
    return {
      ...result,
      scrollFrameMs: {
        mean: rounded(
          frames.reduce((sum, one) => sum + one, 0) / frames.length,
        ),
        p99: rounded(quantile(frames, 0.99)),
        over50: frames.filter((one) => one > 50).length,
        frames: frames.length,
        mainThreadMean: rounded(taskMs / frames.length),
      },
      scrolledRows: rows,
    };
  } finally {
    await browser.close();
    await service.stop();
    await postgres.stop();
  }
}

async function signedIn(
  browser: Browser,
  url: string,
): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: VIEWPORT });
  const { ok, status } = await signIn(context, url);
  if (!ok) throw new Error(`expected to be signed in, got ${status}`);
  return context;
}

async function signIn(context: BrowserContext, url: string) {
  const answer = await context.request.post(`${url}/api/session`, {
    data: { token: BENCH_TOKEN },
    headers: { origin: url },
  });
  return { ok: answer.ok(), status: answer.status() };
}

function line(view: FirstView): string {
  const { paintMs, rowsMs, barsMs, facetsMs, viewMs } = view;
  const [paint, rows, bars, facets, all] = [
    paintMs,
    rowsMs,
    barsMs,
    facetsMs,
    viewMs,
  ].map((ms) => ms.toFixed(0));
  return `first paint ${paint} ms, first view ${all} ms (rows ${rows}, bars ${bars}, facets ${facets})`;
}

function rounded(value: number): number {
  return Number(value.toFixed(1));
}
