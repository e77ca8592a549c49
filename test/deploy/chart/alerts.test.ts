import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { ALERT_CASES, HEALTHY, MINUTES } from '../kit/alert-cases';
import type { Series } from '../kit/alert-cases';
import { programs } from '../kit/programs';

const ROOT = join(__dirname, '..', '..', '..');
const ALERTS = join(ROOT, 'deploy', 'prometheus', 'alerts.yaml');
/** A day and an hour: farther than any alert looks back. */
const HEALTHY_AFTER = 1_500;
/** Values of a series that are not needed cost promtool most of its time. */
const SPARE = 5;

interface Rule {
  alert: string;
  labels: { severity: string };
  annotations: { summary: string; description: string; runbook: string };
}
const rules = (
  parse(readFileSync(ALERTS, 'utf8')) as { groups: { rules: Rule[] }[] }
).groups.flatMap(({ rules: own }) => own);

const folder = mkdtempSync(join(tmpdir(), 'otel-audit-alerts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function promtool(...args: string[]): Promise<string> {
  const ran = spawnSync((await programs()).promtool, args, {
    encoding: 'utf8',
  });
  return ran.status === 0 ? 'SUCCESS' : ran.stdout + ran.stderr;
}

/** One test of promtool: whether an alert fires, or which do, after so many minutes. */
function testOf(
  name: string,
  series: Record<string, string | null>,
  after: number,
  expr: string,
  samples: object[],
) {
  const input = Object.entries({ ...HEALTHY, ...series } as Series);
  return {
    name,
    interval: '1m',
    input_series: input.map(([one, values]) => ({
      series: one,
      values: values.replace(`x${MINUTES}`, `x${after + SPARE}`),
    })),
    promql_expr_test: [{ expr, eval_time: `${after}m`, exp_samples: samples }],
  };
}

async function runTests(
  tests: object[],
  evaluationInterval = '1m',
): Promise<string> {
  const file = join(folder, 'tests.yaml');
  writeFileSync(
    file,
    stringify({
      rule_files: [ALERTS],
      evaluation_interval: evaluationInterval,
      tests,
    }),
  );
  return promtool('test', 'rules', file);
}

it('promtool has nothing against rules and configuration', async () => {
  expect(await promtool('check', 'rules', ALERTS)).toBe('SUCCESS');
  const config = join(ROOT, 'deploy', 'prometheus', 'prometheus.yaml');
  expect(await promtool('check', 'config', '--syntax-only', config)).toBe(
    'SUCCESS',
  );
});

it('no alert fires while all is well', async () => {
  const quiet = testOf(
    'all is well',
    {},
    HEALTHY_AFTER,
    'count by (alertname) (ALERTS{alertstate="firing"})',
    [],
  );
  expect(await runTests([quiet], '10m')).toBe('SUCCESS');
});

it('each alert fires when it should', async () => {
  expect(Object.keys(ALERT_CASES).toSorted()).toEqual(
    rules.map(({ alert }) => alert).toSorted(),
  );
  const tests = Object.entries(ALERT_CASES).map(([alert, { after, series }]) =>
    testOf(
      alert,
      series,
      after,
      `count(ALERTS{alertstate="firing",alertname="${alert}"})`,
      [{ labels: '{}', value: 1 }],
    ),
  );
  expect(await runTests(tests)).toBe('SUCCESS');
});

it('docs/alerts.md tells of each alert', () => {
  const docs = readFileSync(join(ROOT, 'docs', 'alerts.md'), 'utf8');
  const headings = [...docs.matchAll(/^### (\w+)$/gm)].map(([, name]) => name);
  expect(headings).toEqual(rules.map(({ alert }) => alert));
  for (const { alert, annotations, labels } of rules) {
    expect(annotations.runbook).toBe(`docs/alerts.md#${alert.toLowerCase()}`);
    expect(['critical', 'warning', 'info']).toContain(labels.severity);
  }
});
