import { backends } from './kit/backends';
import type { Backend } from './kit/backends';
import { metricOf } from './kit/metric';
import { startPipeline } from './kit/pipeline';
import type { Pipeline } from './kit/pipeline';
import { postUntilRefused } from './kit/post';
import { ledgerOf, nothingWrong, untilStored, wrongsOf } from './kit/stored';
import { until } from './kit/until';

/** `FANOUT_SECONDS=600 npm run test:collector -- fanout` takes ten minutes a case, with the queue as it is shipped, and prints figures. */
const SECONDS = Number(process.env['FANOUT_SECONDS'] ?? 5);
const PER_SECOND = Number(process.env['FANOUT_PER_SECOND'] ?? 200);
const EVENTS = SECONDS * PER_SECOND;
const isLong = SECONDS > 60;

/** So small that it overflows within seconds. */
const SMALL =
  'yaml:exporters::otlp_grpc/backend::sending_queue::queue_size: 50000';

let pipeline: Pipeline;
let backend: Backend;

async function start(
  name: keyof typeof backends,
  overlays: string[],
): Promise<void> {
  backend = await backends[name]();
  pipeline = await startPipeline({
    config: ['otel-collector.yaml', ...overlays],
    env: {
      OTEL_BACKEND_ENDPOINT: backend.endpoint,
      AUDIT_COLLECTOR_FANOUT:
        name === 'is turned off' ? 'nop' : 'otlp_grpc/backend',
    },
  });
}
afterEach(async () => {
  await pipeline.stop();
  await backend.stop();
});

describe('a backend that gets a copy', () => {
  it.each(Object.keys(backends) as (keyof typeof backends)[])(
    'and %s, costs the audit path nothing: no event is lost, refused or sent again',
    async (name) => {
      const isBad = name !== 'takes everything' && name !== 'is turned off';
      await start(name, isBad && !isLong ? [SMALL] : []);
      const report = await pipeline.emit({
        service: 'shop',
        events: EVENTS,
        perSecond: PER_SECOND,
      }).report;
      expect(report.acknowledged).toBe(EVENTS);
      const { pool } = pipeline.database;
      await untilStored(pool, 'shop', EVENTS);
      expect(await wrongsOf(pool, 'shop', EVENTS)).toEqual(nothingWrong);
      expect(await ledgerOf(pool)).toMatchObject({ duplicate: 0 });

      const metrics = await pipeline.collector.metrics();
      expect(metricOf(metrics, 'otelcol_receiver_refused_log_records')).toBe(0);
      const dropped = metricOf(
        metrics,
        'otelcol_exporter_enqueue_failed_log_records',
        'exporter="otlp_grpc/backend"',
      );
      const failed = metricOf(
        metrics,
        'otelcol_exporter_send_failed_log_records',
        'exporter="otlp_grpc/backend"',
      );
      if (name === 'takes everything')
        await until('all copies to be taken', async () =>
          backend.taken() >= EVENTS ? true : undefined,
        );
      // Otherwise the backend was no trouble at all, and nothing is shown.
      if (isBad) expect(dropped + failed).toBeGreaterThan(0);
      if (isLong)
        process.stdout.write(
          `${JSON.stringify({ name, seconds: SECONDS, ...report, dropped, failed, rssMiB: Math.round(metricOf(metrics, 'otelcol_process_memory_rss') / 2 ** 20) })}\n`,
        );
    },
    SECONDS * 2_000 + 120_000,
  );

  it('would have senders refused without the batch processor before it, which is why it is there', async () => {
    await start('accepts connections and never answers', [
      SMALL,
      'yaml:service::pipelines::logs/fanout::processors: []',
    ]);
    const answer = await postUntilRefused(pipeline, 10_000);
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain('sending queue is full');
  });
});
