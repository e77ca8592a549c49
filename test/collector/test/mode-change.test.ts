import { startCollector } from '#collector';
import type { Collector } from '#collector';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TOKEN } from './kit/pipeline';
import { until } from './kit/until';

/** Of audit events, not of copies. */
const QUEUE = /^otelcol_exporter_queue_size\{.*otlp_http/m;
const EVENT =
  '{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"eventName":"greeting"}]}]}]}';

describe('a Collector whose mode changes while something waits', () => {
  const directory = mkdtempSync(join(tmpdir(), 'otel-audit-collector-'));
  let receiver: Server;
  let isAway = true;
  let taken = 0;
  beforeAll(async () => {
    receiver = createServer((request, response) => {
      request.resume().once('end', () => {
        if (!isAway) taken += 1;
        response.writeHead(isAway ? 503 : 200).end();
      });
    }).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
  });
  afterAll(() => {
    receiver.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const started: Collector[] = [];
  afterEach(() => Promise.all(started.map((collector) => collector.stop())));
  const start = async (mode: string) => {
    const collector = await startCollector({
      directory,
      env: {
        AUDIT_RECEIVER_ENDPOINT: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`,
        AUDIT_INGEST_TOKEN: TOKEN,
        AUDIT_COLLECTOR_FANOUT: 'nop',
        AUDIT_COLLECTOR_MODE: mode,
      },
    });
    started.push(collector);
    return collector;
  };
  const send = async ({ url }: { url: string }) => {
    const answer = await fetch(`${url}/v1/logs`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${TOKEN}`,
      },
      body: EVENT,
    });
    return answer.status;
  };

  it('leaves it where it is, shows no queue, and delivers it once the mode is back', async () => {
    const before = await start('store_and_forward');
    expect(await send(before)).toBe(200);
    expect(await before.metrics()).toMatch(QUEUE);
    await before.stop();
    isAway = false;

    const other = await start('end_to_end');
    expect(await send(other)).toBe(200);
    // What it was sent itself, and nothing else.
    expect(taken).toBe(1);
    expect(await other.metrics()).not.toMatch(QUEUE);
    await other.stop();
    expect(taken).toBe(1);

    await start('store_and_forward');
    await until('what waited', async () => (taken > 1 ? taken : undefined));
    expect(taken).toBe(2);
  });
});
