import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Registry } from 'prom-client';
import type { Readiness } from '../src/readiness/readiness';
import { aReceiver, closeReceivers } from './kit/receiver';

afterEach(closeReceivers);
const TLS = join(__dirname, '..', 'testdata', 'tls');

it.each<Readiness>([
  { status: 'ready' },
  { status: 'failing', reason: 'no answer' },
  { status: 'unsafe', reason: 'fsync is off' },
])('tells Prometheus that it is $status', async (answer) => {
  const receiver = await aReceiver(
    {},
    { readiness: () => Promise.resolve(answer) },
  );
  const text = await (await fetch(`${receiver.url}/metrics`)).text();
  for (const status of ['ready', 'failing', 'unsafe'])
    expect(text).toContain(
      `audit_receiver_readiness{status="${status}"} ${status === answer.status ? 1 : 0}\n`,
    );
  expect(text).toContain('audit_receiver_in_flight_limit_bytes 4194304\n');
  expect(text).not.toContain('tls_certificate');
});

it('tells when its certificate ends', async () => {
  const cert = join(TLS, 'server.crt');
  const registry = new Registry();
  await aReceiver(
    { tls: { cert, key: join(TLS, 'server.key'), clientCa: undefined } },
    { registry },
  );
  const { validTo } = new X509Certificate(readFileSync(cert));
  expect(await registry.metrics()).toContain(
    `audit_receiver_tls_certificate_expiry_timestamp_seconds ${Date.parse(validTo) / 1_000}\n`,
  );
});
