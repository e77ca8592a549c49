import { escapeHtml } from './escape-html';
import type { RecoveryTimes } from './recovery-times';

const WIDTH = 1_000;
const ROW = 24;
const LEFT = 210;
const RIGHT = 150;

/** Median and longest recovery of each kind of fault as bars, as SVG. */
export function recoveryChart(times: readonly RecoveryTimes[]): string {
  const most = Math.max(1, ...times.map(({ maxMs = 0 }) => maxMs));
  const width = (ms: number) =>
    Math.round((ms / most) * (WIDTH - LEFT - RIGHT) * 10) / 10;
  const rows = times.map(({ kind, faults, medianMs, maxMs }, i) => {
    const top = i * ROW;
    const told =
      medianMs === undefined || maxMs === undefined
        ? 'not seen'
        : `${medianMs} ms, at most ${maxMs} ms`;
    return `<text x="${LEFT - 8}" y="${top + 16}" text-anchor="end">${escapeHtml(kind)} (${faults})</text>
<rect class="longest" x="${LEFT}" y="${top + 5}" width="${width(maxMs ?? 0)}" height="14"/>
<rect class="median" x="${LEFT}" y="${top + 5}" width="${width(medianMs ?? 0)}" height="14"/>
<text x="${LEFT + width(maxMs ?? 0) + 6}" y="${top + 16}">${told}</text>`;
  });
  return `<svg viewBox="0 0 ${WIDTH} ${times.length * ROW}" role="img" aria-label="Time to recover by kind of fault, median and longest">
${rows.join('\n')}
</svg>`;
}
