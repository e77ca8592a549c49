import type { BrowserContext, CDPSession } from 'playwright-core';

/** How a list was scrolled through. */
export interface Scrolled {
  rows: number;
  seconds: number;
  /** Milliseconds from one frame to the next, of all frames in which the list moved. */
  frames: number[];
  /** Processor time that the page's main thread took meanwhile, in milliseconds: other work on the machine is not in it. */
  taskMs: number;
}

const MOST_MS = 300_000;
/** Of the height of the list, in each frame: faster than anybody reads, slower than a jump. */
const STEP = 3;

/**
 * Runs in the page: scrolls the list down in each frame until so many rows were there or there are no more. Frames in
 * which it waits at the end of what has come are not counted.
 */
const scroll = (rows: number) => `new Promise((resolve) => {
  const grid = document.querySelector('[role="grid"]');
  const rowHeight = grid.querySelector('[aria-rowindex="2"]').getBoundingClientRect().height;
  const start = performance.now();
  const frames = [];
  let last;
  let before = -1;
  const step = (now) => {
    const at = grid.scrollTop;
    if (last !== undefined && at > before) frames.push(now - last);
    last = now;
    before = at;
    const isLast = Number(grid.getAttribute('aria-rowcount')) > 0 && at + grid.clientHeight >= grid.scrollHeight - 1;
    const seen = Math.round((at + grid.clientHeight) / rowHeight);
    if (seen >= ${rows} || isLast) resolve({ rows: seen, frames, seconds: (now - start) / 1000 });
    else {
      grid.scrollTop = at + grid.clientHeight * ${STEP};
      requestAnimationFrame(step);
    }
  };
  requestAnimationFrame(step);
})`;

/** Scrolls through the list of an address, whose pages are fetched meanwhile. */
export async function scrollThrough(
  context: BrowserContext,
  address: string,
  rows: number,
): Promise<Scrolled> {
  const page = await context.newPage();
  page.setDefaultTimeout(MOST_MS);
  await page.goto(address);
  await page.locator('[role="grid"] [aria-rowindex="2"]').waitFor();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const before = await taskMs(devtools);
  const found = (await page.evaluate(scroll(rows))) as Omit<Scrolled, 'taskMs'>;
  const after = await taskMs(devtools);
  await page.close();
  return { ...found, taskMs: after - before };
}

async function taskMs(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')!.value * 1_000;
}
