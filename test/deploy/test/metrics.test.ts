import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { collectorMetrics } from '../kit/collector-metrics';
import { exportedNames, metricNamesOf } from '../kit/metric-names';
import { ownMetrics } from '../kit/own-metrics';

const read = (...path: string[]) =>
  readFileSync(join(__dirname, '../../../deploy', ...path), 'utf8');

interface Panel {
  id: number;
  title: string;
  type: string;
  gridPos: { x: number; y: number; w: number; h: number };
  targets?: { expr: string }[];
}
const { panels } = JSON.parse(
  read('grafana', 'dashboards', 'otel-audit.json'),
) as { panels: Panel[] };
const { groups } = parse(read('prometheus', 'alerts.yaml')) as {
  groups: { rules: { expr: string }[] }[];
};
const expressions = [
  ...panels.flatMap(({ targets = [] }) => targets),
  ...groups.flatMap(({ rules }) => rules),
].map(({ expr }) => expr);

/** What Prometheus makes itself. */
const OF_PROMETHEUS = ['up'];
const names = [...new Set(expressions.flatMap(metricNamesOf))].filter(
  (name) => !OF_PROMETHEUS.includes(name),
);
const isOfCollector = (name: string) => name.startsWith('otelcol_');

it('finds the names of metrics in an expression', () => {
  expect(
    metricNamesOf(
      'sum by (le_a) (rate(a_b{c_d="e_f"}[5m])) / on (g_h) {__name__=~"i_j(_total)?"} > min_over_time(k_l[1m])',
    ),
  ).toEqual(['i_j', 'a_b', 'k_l']);
  expect(names.length).toBeGreaterThan(30);
});

it('alerts and dashboard ask for metrics that both services export', async () => {
  const exported = exportedNames(await ownMetrics());
  const own = names.filter((name) => !isOfCollector(name));
  expect(own.filter((name) => !exported.has(name))).toEqual([]);
  // And whatever we count is shown or watched; of processes in general there is more than that.
  const unused = [...exported].filter(
    (name) =>
      /^audit_/.test(name) &&
      !/_(sum|count)$/.test(name) &&
      !own.includes(name),
  );
  expect(unused).toEqual([]);
});

it('and for metrics that the Collector exports under the names of its parts', async () => {
  const wanted = names.filter(isOfCollector);
  const text = await collectorMetrics(wanted);
  const exported = [...exportedNames(text)];
  expect(
    wanted.filter(
      (name) => !exported.includes(name) && !exported.includes(`${name}_total`),
    ),
  ).toEqual([]);
  const parts = expressions
    .join('\n')
    .matchAll(/\b(exporter|receiver)="([^"]+)"/g);
  for (const [part] of parts) expect(text).toContain(part);
});

it('the dashboard has no two panels in one place or of one number, and an expression in each', () => {
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  const places = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from(
      { length: w * h },
      (_, at) => `${x + (at % w)},${y + Math.floor(at / w)}`,
    ),
  );
  expect(new Set(places).size).toBe(places.length);
  for (const { type, targets } of panels)
    expect(type === 'row' || targets!.length > 0).toBe(true);
});
