import { metricOf } from './kit/metric';
import { startPipeline } from './kit/pipeline';
import type { Pipeline } from './kit/pipeline';
import { postUntilRefused } from './kit/post';
import { nothingWrong, untilStored, wrongsOf } from './kit/stored';

/** Room for some 1,500 events in the queue. */
const SMALL =
  'yaml:exporters::otlp_http/store_and_forward::sending_queue::queue_size: 1000000';
const EVENTS = 3_000;

describe('a queue that is full', () => {
  let pipeline: Pipeline;
  beforeAll(async () => {
    pipeline = await startPipeline({
      config: ['otel-collector.yaml', SMALL],
    });
  });
  afterAll(() => pipeline.stop());

  it('is answered 503, survives kill -9 of the Collector, and in the end nothing is missing or there twice', async () => {
    await pipeline.receiver.stop();
    const emitter = pipeline.emit({ service: 'shop', events: EVENTS });
    await emitter.made;
    const answer = await postUntilRefused(pipeline, 50_000);
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain('sending queue is full');
    const size = await queueOf(pipeline);
    expect(size).toBeGreaterThan(900_000);

    await pipeline.crashCollector();
    expect(await queueOf(pipeline)).toBeGreaterThan(900_000);

    await pipeline.receiver.start();
    expect(await emitter.report).toMatchObject({ acknowledged: EVENTS });
    const { pool } = pipeline.database;
    await untilStored(pool, 'shop', EVENTS);
    expect(await wrongsOf(pool, 'shop', EVENTS)).toEqual(nothingWrong);
  });
});

const queueOf = async ({ collector }: Pipeline) =>
  metricOf(await collector.metrics(), 'otelcol_exporter_queue_size');
