import {
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ALL_ON, REQUIRED } from '../kit/chart-values';
import {
  lintChart,
  manifestsOf,
  renderChart,
  renderNotes,
} from '../kit/helm-chart';
import { partOf, podOf } from '../kit/manifests';
import { programs } from '../kit/programs';
import type { Programs } from '../kit/programs';

const ROOT = join(__dirname, '..', '..', '..');
let tools: Programs;
beforeAll(async () => {
  tools = await programs();
});
const rendered = (values: object) => manifestsOf(tools, values);

it('helm lint has nothing against it', () => {
  expect(lintChart(tools, ALL_ON)).toEqual({
    ok: true,
    output: expect.stringContaining('0 chart(s) failed'),
  });
});

const CONFIGS = ['otel-collector.yaml', 'otel-collector.tls.yaml'];
it('has the Collector use the files of the repository, with the environment that they read', () => {
  const manifests = rendered(ALL_ON);
  const { data } = partOf(manifests, 'ConfigMap', '-collector');
  const { env, args, image } = podOf(
    partOf(manifests, 'StatefulSet', '-collector'),
  ).containers[0];
  const given: string[] = env.map(({ name }: { name: string }) => name);
  for (const name of CONFIGS) {
    const file = readFileSync(join(ROOT, name), 'utf8');
    expect(parse(data![name]!, { merge: true })).toEqual(
      parse(file, { merge: true }),
    );
    // Those without a default.
    for (const [, variable] of file.matchAll(/\$\{env:(\w+)\}/g))
      expect(given).toContain(variable);
  }
  expect(args).toEqual(CONFIGS.map((name) => `--config=/etc/otelcol/${name}`));
  const compose = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8');
  expect(compose).toContain(`image: ${image}\n`);
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
        rendered({ ...MTLS, receiver: { tls } }),
        'Deployment',
        '-receiver',
      ),
    ).containers[0].readinessProbe;
  expect(probe({ existingSecret: 'tls' }).httpGet.scheme).toBe('HTTPS');
  expect(
    probe({ existingSecret: 'tls', clientCaKey: 'ca.crt' }).tcpSocket,
  ).toEqual({ port: 'otlp-http' });
});

const MTLS = {
  ...REQUIRED,
  receiver: { tls: { existingSecret: 'tls', clientCaKey: 'ca.crt' } },
  collector: { tls: { existingSecret: 'tls', caKey: 'ca.crt' } },
};
it('has Prometheus show a certificate to receivers that want one', () => {
  const serviceMonitor = { enabled: true, receiverClientSecret: 'scraper' };
  const { spec } = partOf(
    rendered({ ...MTLS, monitoring: { serviceMonitor } }),
    'ServiceMonitor',
    '-receiver',
  );
  expect(spec.endpoints[0].tlsConfig).toMatchObject({
    cert: { secret: { name: 'scraper', key: 'tls.crt' } },
    keySecret: { name: 'scraper', key: 'tls.key' },
  });
});

const collectorOf = (values: object, chart?: string) => {
  const result = renderChart(tools, values, chart);
  if (result.status === 'refused') throw new Error(result.reason);
  return partOf(result.manifests, 'StatefulSet', '-collector');
};

it('calls receivers by the name that docs/deployment.md wants in their certificate', () => {
  const { env } = podOf(collectorOf(MTLS)).containers[0];
  const { value } = env.find(
    ({ name }: { name: string }) => name === 'AUDIT_RECEIVER_ENDPOINT',
  );
  const docs = readFileSync(join(ROOT, 'docs', 'deployment.md'), 'utf8');
  const { hostname } = new URL(value);
  expect(docs).toContain(`\`${hostname.replace('shop', 'audit')}\``);
});

it('leaves a Collector half an hour to open its queue before it is killed', () => {
  const { startupProbe, livenessProbe } = podOf(collectorOf(REQUIRED))
    .containers[0];
  expect(startupProbe.httpGet).toEqual(livenessProbe.httpGet);
  const { periodSeconds, failureThreshold } = startupProbe;
  expect(periodSeconds * failureThreshold).toBe(1_800);
});

it.each(CONFIGS)('starts Collectors anew when %s changes', (name) => {
  const folder = mkdtempSync(join(tmpdir(), 'otel-audit-chart-'));
  try {
    cpSync(join(ROOT, 'deploy/helm/otel-audit'), folder, {
      recursive: true,
      dereference: true,
    });
    const before = collectorOf(ALL_ON, folder).spec.template.metadata;
    // A link to the repository's own file, which is not to be written to.
    rmSync(join(folder, 'files', name));
    writeFileSync(join(folder, 'files', name), '# changed\n');
    const after = collectorOf(ALL_ON, folder).spec.template.metadata;
    expect(after).not.toEqual(before);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it('gives the copy of events to a backend only where there is one', () => {
  const envOf = (collector: object) =>
    podOf(
      partOf(rendered({ ...REQUIRED, collector }), 'StatefulSet', '-collector'),
    ).containers[0].env;
  const none = { name: 'AUDIT_COLLECTOR_FANOUT', value: 'nop' };
  expect(envOf({})).toContainEqual(none);
  expect(envOf({ backendEndpoint: 'tempo:4317' })).not.toContainEqual(none);
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
  [
    'receivers that want a certificate, of which the Collector has none',
    { ...MTLS, collector: {} },
    /set collector\.tls\.existingSecret/,
  ],
  [
    'receivers that want a certificate, of which Prometheus has none',
    { ...MTLS, monitoring: { serviceMonitor: { enabled: true } } },
    /set monitoring\.serviceMonitor\.receiverClientSecret/,
  ],
])('refuses %s', (_what, values, reason) => {
  expect(renderChart(tools, values)).toEqual({
    status: 'refused',
    reason: expect.stringMatching(reason),
  });
});
