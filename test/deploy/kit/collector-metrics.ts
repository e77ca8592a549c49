import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { jsonRequestOf } from '../../../collector-receiver/test/kit/otlp-json';
import { startCollector } from '../../collector/src';

const TOKEN = 'token-of-senders';
const PATIENCE_MS = 30_000;

/**
 * What a Collector tells Prometheus that has seen good and bad: it sent, gave up what was refused for good, and had no room for the
 * copy. Counters are there from their first increase on.
 *
 * @param wanted waits until these names are there, or for half a minute
 */
export async function collectorMetrics(
  wanted: readonly string[],
): Promise<string> {
  let answers = 0;
  const receiver = createServer((request, response) => {
    request.resume().once('end', () => {
      response.writeHead(answers++ === 0 ? 200 : 400).end();
    });
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const { port } = receiver.address() as AddressInfo;
  const directory = mkdtempSync(join(tmpdir(), 'otel-audit-collector-'));
  const collector = await startCollector({
    config: [
      'otel-collector.yaml',
      'yaml:exporters::otlp_grpc/backend::sending_queue::queue_size: 1',
    ],
    env: {
      AUDIT_RECEIVER_ENDPOINT: `http://127.0.0.1:${port}`,
      AUDIT_INGEST_TOKEN: TOKEN,
      OTEL_BACKEND_ENDPOINT: '127.0.0.1:1',
    },
    directory,
  });
  try {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      await fetch(`${collector.url}/v1/logs`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${TOKEN}`,
        },
        body: jsonRequestOf('{"timeUnixNano":"1"}'),
      });
      const metrics = await collector.metrics();
      if (
        wanted.every((name) => metrics.includes(`\n${name}`)) ||
        Date.now() > deadline
      )
        return metrics;
      await sleep(100);
    }
  } finally {
    await collector.stop();
    receiver.close();
    rmSync(directory, { recursive: true, force: true });
  }
}
