import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMIT_TIMEOUT_MS } from '../../../collector-receiver/src/commit/lane';
import { connectionTimes } from '../../../collector-receiver/src/connection-times';
import { loadConfig as loadReceiverConfig } from 'collector-receiver';
import { loadConfig as loadQueryConfig } from 'query-service';
import { parse } from 'yaml';
import {
  lintChart,
  renderChart,
  renderNotes,
  REQUIRED,
} from '../kit/helm-chart';
import type { Manifest } from '../kit/helm-chart';
import { programs } from '../kit/programs';
import type { Programs } from '../kit/programs';

const ROOT = join(__dirname, '..', '..', '..');
const ALL_ON = {
  ...REQUIRED,
  config: 'excludeRules:\n  - { eventId: x }\n',
  receiver: {
    env: { AUDIT_RECEIVER_MAX_CONNECTIONS: 50 },
    tls: { existingSecret: 'tls' },
    archive: { existingClaim: 'archive' },
  },
  query: {
    env: { AUDIT_QUERY_TRUSTED_PROXIES: '10.0.0.0/8' },
    ingress: {
      enabled: true,
      className: 'nginx',
      host: 'audit.example.com',
      tlsSecret: 'page-tls',
    },
  },
  collector: { backendEndpoint: 'tempo:4317', podAnnotations: { a: 'b' } },
  monitoring: {
    serviceMonitor: { enabled: true, labels: { release: 'prometheus' } },
    prometheusRule: { enabled: true },
    dashboard: { enabled: true },
  },
};

let tools: Programs;
beforeAll(async () => {
  tools = await programs();
});

function rendered(values: object): Manifest[] {
  const result = renderChart(tools, values);
  if (result.status === 'refused') throw new Error(result.reason);
  return result.manifests;
}

const PODS = ['Deployment', 'StatefulSet', 'Job'];
const podOf = ({ spec }: Manifest) => spec.template.spec;
const partOf = (manifests: Manifest[], kind: string, part: string) =>
  manifests.find(
    ({ kind: own, metadata: { name } }) => own === kind && name.endsWith(part),
  )!;

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

it('helm lint has nothing against it', () => {
  expect(lintChart(tools, ALL_ON)).toEqual({
    ok: true,
    output: expect.stringContaining('0 chart(s) failed'),
  });
});

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
  const pods = () => manifests.filter(({ kind }) => PODS.includes(kind));

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
      const mounted = containers[0].volumeMounts.map(
        ({ name }: { name: string }) => name,
      );
      expect(mounted.toSorted()).toEqual(there.toSorted());
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

it('has the Collector use the file of the repository, with the environment that it reads', () => {
  const manifests = rendered(ALL_ON);
  const file = readFileSync(join(ROOT, 'otel-collector.yaml'), 'utf8');
  const { data } = partOf(manifests, 'ConfigMap', '-collector');
  expect(parse(data!['otel-collector.yaml']!)).toEqual(parse(file));
  const { env, args } = podOf(partOf(manifests, 'StatefulSet', '-collector'))
    .containers[0];
  const given = env.map(({ name }: { name: string }) => name);
  // Those without a default.
  for (const [, name] of file.matchAll(/\$\{env:(\w+)\}/g))
    expect(given).toContain(name);
  expect(args).toEqual(['--config=/etc/otelcol/otel-collector.yaml']);
});

it('has the alerts and the dashboard of the repository', () => {
  const manifests = rendered(ALL_ON);
  const file = (...path: string[]) =>
    readFileSync(join(ROOT, 'deploy', ...path), 'utf8');
  expect(partOf(manifests, 'PrometheusRule', '').spec.groups).toEqual(
    parse(file('prometheus', 'alerts.yaml')).groups,
  );
  const { data } = partOf(manifests, 'ConfigMap', '-dashboard');
  expect(JSON.parse(data!['otel-audit.json']!)).toEqual(
    JSON.parse(file('grafana', 'dashboards', 'otel-audit.json')),
  );
});

it('migrates before anything else, as the owner, whose address no service sees', () => {
  const manifests = rendered(REQUIRED);
  const job = partOf(manifests, 'Job', '-migrate');
  expect(job.metadata.annotations).toMatchObject({
    'helm.sh/hook': 'pre-install,pre-upgrade',
  });
  for (const manifest of manifests)
    expect(JSON.stringify(manifest).includes('owner-url')).toBe(
      manifest === job,
    );
});

it('lets the receivers be reached by the Collector, and by senders where there is none', () => {
  const peers = (values: object) =>
    partOf(
      rendered({ ...REQUIRED, networkPolicy: { monitoring: [] }, ...values }),
      'NetworkPolicy',
      '-receiver',
    ).spec.ingress.flatMap(({ from }: { from: object[] }) => from);
  expect(peers({})).toEqual([
    {
      podSelector: {
        matchLabels: expect.objectContaining({
          'app.kubernetes.io/component': 'collector',
        }),
      },
    },
  ]);
  expect(peers({ collector: { enabled: false } })).toEqual([
    { namespaceSelector: {} },
  ]);
});

it('asks receivers by TLS for their health, and does not ask those that want a certificate', () => {
  const probe = (tls: object) =>
    podOf(
      partOf(
        rendered({ ...REQUIRED, receiver: { tls } }),
        'Deployment',
        '-receiver',
      ),
    ).containers[0].readinessProbe;
  expect(probe({ existingSecret: 'tls' }).httpGet.scheme).toBe('HTTPS');
  expect(
    probe({ existingSecret: 'tls', clientCaKey: 'ca.crt' }).tcpSocket,
  ).toEqual({ port: 'otlp-http' });
});

it('says where to send, and how to sign in', () => {
  expect(renderNotes(tools, REQUIRED)).toMatch(
    /gRPC {2}shop-otel-audit-collector\.audit\.svc:4317\n[\s\S]*port-forward service\/shop-otel-audit-query 7420[\s\S]*get secret tokens/,
  );
});

it.each([
  ['without secrets', {}, /existingSecret.*minLength/],
  [
    'a slip of the pen',
    { ...REQUIRED, reciever: {} },
    /'reciever' not allowed/,
  ],
  [
    'a number of copies that is a word',
    { ...REQUIRED, receiver: { replicas: 'two' } },
    /\/receiver\/replicas.*want integer/,
  ],
  [
    'an ingress without a name',
    { ...REQUIRED, query: { ingress: { enabled: true } } },
    /set query\.ingress\.host/,
  ],
])('refuses %s', (_what, values, reason) => {
  expect(renderChart(tools, values)).toEqual({
    status: 'refused',
    reason: expect.stringMatching(reason),
  });
});
