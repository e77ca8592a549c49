import { isClean } from '../../check/findings';
import { escapeHtml } from './escape-html';
import { rateChart } from './rate-chart';
import { recoveryChart } from './recovery-chart';
import { recoveryTimes } from './recovery-times';
import type { PipelineReport } from './pipeline-report';

const STYLE = `
:root { color-scheme: light dark; --promised: #2563eb; --committed: #16a34a; --fault: #dc2626; --dim: #8884; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 66rem; margin: 2rem auto; padding: 0 1rem; }
svg { width: 100%; height: auto; font: 12px system-ui, sans-serif; }
svg text { fill: currentColor; }
polyline { fill: none; stroke-width: 1.5; }
.promised { stroke: var(--promised); color: var(--promised); }
.committed { stroke: var(--committed); color: var(--committed); }
.fault { fill: var(--fault); fill-opacity: .6; color: var(--fault); }
.grid { stroke: var(--dim); }
.longest { fill: var(--promised); fill-opacity: .3; }
.median { fill: var(--promised); }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .15rem 1.5rem .15rem 0; border-bottom: 1px solid var(--dim); }
td.number { text-align: right; }
.clean { color: var(--committed); } .red { color: var(--fault); }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
`;

/** The report as one HTML page that needs nothing else: no script, no network. */
export function reportPage(report: PipelineReport): string {
  const { findings, figures, faults, samples, seed, plant } = report;
  const verdict = report.isClean
    ? '<strong class="clean">Nothing is lost, twice, made up or changed.</strong>'
    : `<strong class="red">${isPromiseKept(report) ? 'Nothing is lost, but a part was not well.' : 'The promise is broken.'}</strong>`;
  const minutes = report.durationMs / 60_000;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Chaos run, seed ${seed}</title>
<style>${STYLE}</style>
<h1>Chaos run, seed ${seed}</h1>
<p>${verdict} ${faults.length} faults in ${minutes} minutes from ${escapeHtml(report.startedAt)} on,
${report.collector === 'none' ? 'without a Collector' : `through a Collector (${report.collector})`}${plant ? `, with the planted bug ${escapeHtml(plant)}` : ''}.</p>
<h2>Findings</h2>
${table(Object.entries(findings.counts))}
${findings.examples.length > 0 ? `<pre>${escapeHtml(findings.examples.join('\n'))}</pre>` : ''}
<h2>Events per second</h2>
<p><span class="promised">promised by emitters</span>, <span class="committed">committed to Postgres</span>, <span class="fault">faults</span></p>
${rateChart(samples, faults)}
<h2>Time to recover</h2>
<p>From when a part is back, or a trouble over, to the next request that goes through: median and longest.</p>
${recoveryChart(recoveryTimes(faults))}
<h2>Figures</h2>
${table(Object.entries(figures))}
<h2>Faults</h2>
<details><summary>All ${faults.length}, by time</summary>
<table><tr><th>at, s</th><th>fault</th><th>target</th><th>over after, ms</th><th>recovered after, ms</th></tr>
${faults.map((fault) => row([(fault.struckMs / 1_000).toFixed(1), fault.kind, fault.target, fault.overMs - fault.struckMs, fault.recoveredMs ?? ''])).join('\n')}
</table></details>
</html>
`;
}

function isPromiseKept({ findings }: PipelineReport): boolean {
  return isClean({ ...findings, counts: { ...findings.counts, unwell: 0 } });
}

function table(rows: readonly (readonly (string | number)[])[]): string {
  return `<table>\n${rows.map(row).join('\n')}\n</table>`;
}

function row(cells: readonly (string | number)[]): string {
  const tds = cells.map(
    (cell) =>
      `<td${typeof cell === 'number' ? ' class="number"' : ''}>${escapeHtml(cell)}</td>`,
  );
  return `<tr>${tds.join('')}</tr>`;
}
