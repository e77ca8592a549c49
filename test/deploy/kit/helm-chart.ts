import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Programs } from './programs';

const CHART = join(__dirname, '..', '..', '..', 'deploy', 'helm', 'otel-audit');

/** A Kubernetes object, decoded strictly. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; annotations?: Record<string, string> };
  // oxlint-disable-next-line typescript/no-explicit-any -- of many kinds; tests read what they look at
  spec?: any;
  data?: Record<string, string>;
}

export type Rendered =
  | { status: 'rendered'; manifests: Manifest[] }
  /** Helm refused the values, in these words. */
  | { status: 'refused'; reason: string };

/**
 * What `helm install shop --namespace audit` would send to a cluster, hooks included.
 *
 * @param values over the defaults of the chart
 * @throws when what Helm renders has a field that Kubernetes does not know, or one of another type
 */
export function renderChart(
  { helm, checkManifests }: Programs,
  values: object,
  chart: string = CHART,
): Rendered {
  const ran = spawnSync(
    helm,
    ['template', 'shop', chart, '--namespace=audit', '--values=-'],
    { input: JSON.stringify(values), encoding: 'utf8' },
  );
  if (ran.status !== 0) return { status: 'refused', reason: ran.stderr };
  const checked = execFileSync(checkManifests, {
    input: ran.stdout,
    encoding: 'utf8',
  });
  return {
    status: 'rendered',
    manifests: JSON.parse(checked) as Manifest[],
  };
}

/** The objects of values that are good. */
export function manifestsOf(programs: Programs, values: object): Manifest[] {
  const result = renderChart(programs, values);
  if (result.status === 'refused') throw new Error(result.reason);
  return result.manifests;
}

/** What `helm install` prints at its end, which no command prints without a cluster: a copy of the chart has it in an object. */
export function renderNotes(programs: Programs, values: object): string {
  const folder = mkdtempSync(join(tmpdir(), 'otel-audit-chart-'));
  try {
    cpSync(CHART, folder, { recursive: true, dereference: true });
    const template = `apiVersion: v1
kind: ConfigMap
metadata: { name: notes }
data:
  notes: {{ include (print .Template.BasePath "/NOTES.txt") . | toJson }}
`;
    writeFileSync(join(folder, 'templates', 'notes.yaml'), template);
    const result = renderChart(programs, values, folder);
    if (result.status === 'refused') throw new Error(result.reason);
    return result.manifests.find(({ metadata }) => metadata.name === 'notes')!
      .data!['notes']!;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What `helm lint --strict` says, and whether it has nothing against the chart. */
export function lintChart(
  { helm }: Programs,
  values: object,
): { ok: boolean; output: string } {
  const ran = spawnSync(helm, ['lint', CHART, '--strict', '--values=-'], {
    input: JSON.stringify(values),
    encoding: 'utf8',
  });
  return { ok: ran.status === 0, output: ran.stdout + ran.stderr };
}
