import { readFileSync } from 'node:fs';
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

it('has the Collector use the file of the repository, with the environment that it reads', () => {
  const manifests = rendered(ALL_ON);
  const file = readFileSync(join(ROOT, 'otel-collector.yaml'), 'utf8');
  const { data } = partOf(manifests, 'ConfigMap', '-collector');
  expect(parse(data!['otel-collector.yaml']!)).toEqual(parse(file));
  const { env, args, image } = podOf(
    partOf(manifests, 'StatefulSet', '-collector'),
  ).containers[0];
  const compose = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8');
  expect(compose).toContain(`image: ${image}\n`);
  const given: string[] = env.map(({ name }: { name: string }) => name);
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
])('refuses %s', (_what, values, reason) => {
  expect(renderChart(tools, values)).toEqual({
    status: 'refused',
    reason: expect.stringMatching(reason),
  });
});
