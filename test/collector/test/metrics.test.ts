import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { backends } from './kit/backends';
import type { Backend } from './kit/backends';
import { metricOf } from './kit/metric';
import { startPipeline } from './kit/pipeline';
import type { Pipeline } from './kit/pipeline';
import { postRecord, postUntilRefused } from './kit/post';
import { countOf } from './kit/stored';
import { until } from './kit/until';

const DOCUMENT = join(__dirname, '..', '..', '..', 'docs', 'collector.md');
const SMALL =
  'yaml:exporters::otlp_http/store_and_forward::sending_queue::queue_size: 1000000';
const FAILED = 'otelcol_exporter_send_failed_log_records';
const AUDIT = 'exporter="otlp_http/store_and_forward"';

describe('a receiver that refuses for good', () => {
  let pipeline: Pipeline;
  let backend: Backend;
  beforeAll(async () => {
    backend = await backends['refuses what it gets']();
    pipeline = await startPipeline({
      config: ['otel-collector.yaml', SMALL],
      env: {
        OTEL_BACKEND_ENDPOINT: backend.endpoint,
        AUDIT_COLLECTOR_FANOUT: 'otlp_grpc/backend',
      },
      receiverEnv: { AUDIT_INGEST_TOKEN: 'another-token' },
    });
  });
  afterAll(async () => {
    await pipeline.stop();
    await backend.stop();
  });

  it('has the Collector delete events, and count them, under the names that docs/collector.md alerts on', async () => {
    const { collector, database, receiver } = pipeline;
    expect((await postRecord(pipeline, 10)).status).toBe(200);
    await until('the record to be deleted', async () =>
      metricOf(await collector.metrics(), FAILED, AUDIT) === 1
        ? true
        : undefined,
    );
    expect(await countOf(database.pool, 'unknown')).toBe(0);

    await receiver.stop();
    expect((await postUntilRefused(pipeline, 50_000)).status).toBe(503);
    const metrics = await collector.metrics();
    const names = new Set(
      readFileSync(DOCUMENT, 'utf8').match(/\botelcol_\w+/g),
    );
    expect(names.size).toBeGreaterThan(6);
    for (const name of names)
      expect(metrics).toMatch(RegExp(`^${name}\\b`, 'm'));
  });
});
