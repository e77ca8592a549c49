import { join } from 'node:path';
import { loadConfig as loadReceiverConfig } from 'collector-receiver';
import { loadConfig as loadQueryConfig } from 'query-service';
import { COMMIT_TIMEOUT_MS } from '../../../collector-receiver/src/commit/lane';
import { connectionTimes } from '../../../collector-receiver/src/connection-times';
import { ALL_ON, REQUIRED } from '../kit/chart-values';
import { manifestsOf } from '../kit/helm-chart';
import type { Manifest } from '../kit/helm-chart';
import { partOf, podOf, POD_KINDS } from '../kit/manifests';
import { programs } from '../kit/programs';
import type { Programs } from '../kit/programs';

const ROOT = join(__dirname, '..', '..', '..');
let tools: Programs;
beforeAll(async () => {
  tools = await programs();
});
const rendered = (values: object) => manifestsOf(tools, values);

/** What a pod's environment says to a service, with something in place of secrets. */
function environmentOf(manifest: Manifest): Record<string, string> {
  const env: Record<string, string> = {};
  for (const { name, value } of podOf(manifest).containers[0].env)
    if (name.endsWith('_URL_FILE'))
      env[name.replace(/_FILE$/, '')] = 'postgres://user:password@db/audit';
    else if (name.endsWith('_TOKEN_FILE'))
      env[name.replace(/_FILE$/, '')] = 'some-token';
    else
      env[name] = value?.replace(
        /^\/etc\/otel-audit\/tls\/tls/,
        join(ROOT, 'collector-receiver/testdata/tls/server'),
      );
  return env;
}

describe.each([
  ['with the fewest values', REQUIRED],
  ['with all that can be switched on', ALL_ON],
  [
    'without Collector, migration and network policies',
    {
      ...REQUIRED,
      collector: { enabled: false },
      migrate: { enabled: false },
      networkPolicy: { enabled: false },
    },
  ],
])('%s', (_what, values) => {
  let manifests: Manifest[];
  beforeAll(() => {
    manifests = rendered(values);
  });
  const pods = () => manifests.filter(({ kind }) => POD_KINDS.includes(kind));

  it('selects with each selector pods that are there', () => {
    const labels = pods().map(({ spec }) => spec.template.metadata.labels);
    const selectors = manifests.flatMap(({ kind, spec }) => [
      ...(['Deployment', 'StatefulSet', 'PodDisruptionBudget'].includes(kind)
        ? [spec.selector.matchLabels]
        : []),
      ...(kind === 'Service' ? [spec.selector] : []),
      ...(kind === 'NetworkPolicy' ? [spec.podSelector.matchLabels] : []),
    ]);
    expect(selectors.length).toBeGreaterThan(5);
    for (const selector of selectors)
      expect(
        labels.filter((own) =>
          Object.entries(selector).every(
            ([name, value]) => own[name] === value,
          ),
        ),
      ).toHaveLength(1);
  });

  it('names in services, probes and policies ports that a pod has', () => {
    const ports = pods().flatMap((pod) =>
      (podOf(pod).containers[0].ports ?? []).map(
        ({ name }: { name: string }) => name,
      ),
    );
    const text = JSON.stringify(manifests);
    for (const [, name] of text.matchAll(/"(?:targetPort|port)":"([\w-]+)"/g))
      expect(ports).toContain(name);
  });

  it('mounts volumes that each pod has, and each of them', () => {
    for (const pod of pods()) {
      const { containers, volumes } = podOf(pod);
      const claims = pod.spec.volumeClaimTemplates ?? [];
      const there = [
        ...volumes.map(({ name }: { name: string }) => name),
        ...claims.map(({ metadata }: Manifest) => metadata.name),
      ];
      const mounted: string[] = containers[0].volumeMounts.map(
        ({ name }: { name: string }) => name,
      );
      expect(new Set(mounted)).toEqual(new Set(there));
    }
  });

  it('gives no pod a right, root, a writable root file system or a token of the cluster', () => {
    for (const pod of pods()) {
      const { securityContext, containers, automountServiceAccountToken } =
        podOf(pod);
      expect(automountServiceAccountToken).toBe(false);
      expect(securityContext).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(containers[0].securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(containers[0].resources).toMatchObject({
        requests: { cpu: expect.any(String), memory: expect.any(String) },
        limits: { memory: expect.any(String) },
      });
    }
  });

  it('gives services settings that they take', () => {
    const receiver = environmentOf(
      partOf(manifests, 'Deployment', '-receiver'),
    );
    const query = environmentOf(partOf(manifests, 'Deployment', '-query'));
    expect(loadReceiverConfig(receiver)).toMatchObject({
      host: '0.0.0.0',
      ingestToken: 'some-token',
    });
    expect(loadQueryConfig(query)).toMatchObject({
      host: '0.0.0.0',
      apiToken: 'some-token',
    });
  });

  it('starts receivers before it stops others, and waits until they have answered', () => {
    const { spec } = partOf(manifests, 'Deployment', '-receiver');
    expect(spec.replicas).toBeGreaterThan(1);
    expect(spec.strategy.rollingUpdate).toEqual({
      maxUnavailable: 0,
      maxSurge: 1,
    });
    const { terminationGracePeriodSeconds, containers } = spec.template.spec;
    const [, pause] = containers[0].lifecycle.preStop.exec.command;
    expect(terminationGracePeriodSeconds * 1_000).toBeGreaterThan(
      Number(pause) * 1_000 + connectionTimes.close + COMMIT_TIMEOUT_MS,
    );
  });
});
