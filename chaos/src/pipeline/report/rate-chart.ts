import type { DoneFault } from '../faults/run-faults';
import type { Sample } from '../timeline';
import { escapeHtml } from './escape-html';
import { ratesOf } from './rates';
import type { Rate } from './rates';

const WIDTH = 1_000;
const HEIGHT = 260;
const LEFT = 52;
const BOTTOM = 24;
/** Above the curves, for the marks of faults. */
const TOP = 26;
const PLACES = 400;
const LINES = 4;

/** Events per second over the run, promised and committed, with a mark for each fault, as SVG. */
export function rateChart(
  samples: readonly Sample[],
  faults: readonly DoneFault[],
): string {
  const promised = ratesOf(samples, (sample) => sample.promised, PLACES);
  const committed = ratesOf(samples, (sample) => sample.committed, PLACES);
  const endMs = Math.max(1, samples.at(-1)?.atMs ?? 1);
  const rates = [...promised, ...committed].map((rate) => rate.perSecond);
  const most = Math.max(1, ...rates);
  const x = (ms: number) => round(LEFT + (ms / endMs) * (WIDTH - LEFT));
  const y = (rate: number) =>
    round(HEIGHT - BOTTOM - (rate / most) * (HEIGHT - BOTTOM - TOP));
  const curve = (name: string, points: Rate[]) =>
    `<polyline class="${name}" points="${points.map(({ atMs, perSecond }) => `${x(atMs)},${y(perSecond)}`).join(' ')}"/>`;

  const scale = Array.from({ length: LINES + 1 }, (_, i) => {
    const rate = (most * i) / LINES;
    return `<line class="grid" x1="${LEFT}" x2="${WIDTH}" y1="${y(rate)}" y2="${y(rate)}"/>
<text x="${LEFT - 6}" y="${y(rate) + 4}" text-anchor="end">${Math.round(rate)}</text>`;
  });
  const times = Array.from({ length: LINES + 1 }, (_, i) => {
    const ms = (endMs * i) / LINES;
    const anchor = i === LINES ? 'end' : 'middle';
    return `<text x="${x(ms)}" y="${HEIGHT - 6}" text-anchor="${anchor}">${Math.round(ms / 1_000)} s</text>`;
  });
  const marks = faults.map(
    ({ kind, struckMs, overMs }) =>
      `<rect class="fault" x="${x(struckMs)}" y="4" width="${Math.max(1.5, round(x(overMs) - x(struckMs)))}" height="14"><title>${escapeHtml(`${kind} at ${(struckMs / 1_000).toFixed(1)} s, over after ${overMs - struckMs} ms`)}</title></rect>`,
  );
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Events per second over the run, promised and committed; marks at the top are faults">
${[...scale, ...times, ...marks].join('\n')}
${curve('promised', promised)}
${curve('committed', committed)}
</svg>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
