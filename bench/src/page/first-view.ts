import { get } from 'node:http';
import type { BrowserContext } from 'playwright-core';

/** What somebody waits for who opens the explorer with nothing of it in the browser. */
export interface FirstView {
  /** From the navigation to the first thing that is drawn, in milliseconds. */
  paintMs: number;
  /** From the navigation to all of the following, in milliseconds. */
  viewMs: number;
  /** To rows, to bars, and to the values of all facets in sight. */
  rowsMs: number;
  barsMs: number;
  facetsMs: number;
  /** Addresses of the scripts that were fetched until then. */
  scripts: string[];
}

/**
 * Runs in the page from its beginning: notes when the first thing is drawn, and, looking once a frame, when rows, bars and the
 * values of all facets in sight are there.
 */
const NOTE_WHEN_SHOWN = `globalThis.shown = new Promise((resolve) => {
  const areFacetsShown = () => {
    const inSight = [...document.querySelectorAll('[data-facet]')].filter(
      (one) => one.getBoundingClientRect().top < innerHeight,
    );
    return inSight.length > 0 && inSight.every((one) => one.dataset.facet === 'shown');
  };
  const isThere = {
    rowsMs: () => document.querySelector('[role="grid"] [aria-rowindex="2"]') !== null,
    barsMs: () => document.querySelector('[data-chart] canvas') !== null,
    facetsMs: areFacetsShown,
  };
  const times = {};
  const look = () => {
    for (const [name, is] of Object.entries(isThere))
      if (times[name] === undefined && is()) times[name] = performance.now();
    if (Object.keys(times).length === Object.keys(isThere).length)
      resolve({ ...times, viewMs: Math.max(...Object.values(times)) });
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
});
// The browser tells of it some time after it was.
globalThis.painted = new Promise((resolve) =>
  new PerformanceObserver((entries) => {
    const [first] = entries.getEntriesByName('first-contentful-paint');
    if (first) resolve(first.startTime);
  }).observe({ type: 'paint', buffered: true }),
);`;

/** Opens an address in a page of its own, and takes the times by the clock of that page. */
export async function firstView(
  context: BrowserContext,
  address: string,
): Promise<FirstView> {
  const page = await context.newPage();
  await page.addInitScript(NOTE_WHEN_SHOWN);
  await page.goto(address);
  const found =
    (await page.evaluate(`Promise.all([shown, painted]).then(([times, paintMs]) => ({
    ...times,
    paintMs,
    scripts: performance.getEntriesByType('resource')
      .filter(({ name, startTime }) => name.endsWith('.js') && startTime < times.viewMs)
      .map(({ name }) => name),
  }))`)) as FirstView;
  await page.close();
  return found;
}

/** How long a file is as gzip sends it, in bytes. */
export function gzipBytes(address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(address, { headers: { 'accept-encoding': 'gzip' } }, (answer) => {
      let bytes = 0;
      answer.on('data', (piece: Buffer) => (bytes += piece.length));
      answer.on('end', () => resolve(bytes));
      answer.on('error', reject);
    }).on('error', reject);
  });
}
