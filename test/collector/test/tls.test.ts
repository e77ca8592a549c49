import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { startPipeline, TOKEN } from './kit/pipeline';
import type { Pipeline } from './kit/pipeline';
import { nothingWrong, untilStored, wrongsOf } from './kit/stored';

const FOLDER = join(
  __dirname,
  '..',
  '..',
  '..',
  'collector-receiver',
  'testdata',
  'tls',
);
const file = (name: string) => join(FOLDER, name);
const read = (name: string) => readFileSync(file(name));

const server = { cert: file('server.crt'), key: file('server.key') };
const start = (env: Record<string, string> = {}) =>
  startPipeline({
    config: ['otel-collector.yaml', 'otel-collector.tls.yaml'],
    protocol: 'https',
    env: {
      AUDIT_COLLECTOR_TLS_CERT_FILE: server.cert,
      AUDIT_COLLECTOR_TLS_KEY_FILE: server.key,
      AUDIT_COLLECTOR_TLS_CA_FILE: file('ca.crt'),
      ...env,
    },
    // It lets in only who has a certificate, and so does the Collector's.
    receiverEnv: {
      AUDIT_RECEIVER_TLS_CERT_FILE: server.cert,
      AUDIT_RECEIVER_TLS_KEY_FILE: server.key,
      AUDIT_RECEIVER_TLS_CLIENT_CA_FILE: file('ca.crt'),
    },
  });

describe('TLS on both sides of the Collector', () => {
  let pipeline: Pipeline;
  beforeAll(async () => {
    pipeline = await start();
  });
  afterAll(() => pipeline.stop());

  it('is what auditor-otel sends through', async () => {
    const { report } = pipeline.emit(
      { service: 'shop' },
      {
        NODE_EXTRA_CA_CERTS: file('ca.crt'),
      },
    );
    expect(await report).toMatchObject({ acknowledged: 500 });
    const { pool } = pipeline.database;
    await untilStored(pool, 'shop', 500);
    expect(await wrongsOf(pool, 'shop', 500)).toEqual(nothingWrong);
  });
});

describe('TLS that asks senders for a certificate', () => {
  let pipeline: Pipeline;
  beforeAll(async () => {
    pipeline = await start({
      AUDIT_COLLECTOR_TLS_CLIENT_CA_FILE: file('ca.crt'),
    });
  });
  afterAll(() => pipeline.stop());

  const post = (certificate: { cert?: Buffer; key?: Buffer }) =>
    new Promise<number>((resolve, reject) => {
      const url = `https://127.0.0.1:${pipeline.collector.ports.http}/v1/logs`;
      const headers = {
        'content-type': 'application/json',
        authorization: `Bearer ${TOKEN}`,
      };
      const sent = request(
        url,
        {
          method: 'POST',
          headers,
          agent: false,
          ca: read('ca.crt'),
          ...certificate,
        },
        (answer) => resolve(answer.resume().statusCode!),
      );
      sent
        .on('error', reject)
        .end(
          '{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"eventName":"greeting"}]}]}]}',
        );
    });

  it('lets in who has one that the authority signed', async () => {
    const client = { cert: read('client.crt'), key: read('client.key') };
    expect(await post(client)).toBe(200);
  });

  it.each([
    ['none', {}],
    [
      'one that a stranger signed',
      { cert: read('stranger.crt'), key: read('stranger.key') },
    ],
  ])('lets in nobody with %s', async (_, client) => {
    await expect(post(client)).rejects.toThrow(/alert|ECONNRESET|EPIPE/);
  });
});
