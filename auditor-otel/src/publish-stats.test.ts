import type * as Api from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { startPipeline } from './pipeline';
import { publishStats } from './publish-stats';
import { recordingTransport } from './recording-transport.test.helper';
import { createAuditorOn } from './create-auditor';

const KEY = Symbol.for('opentelemetry.js.api.1');
const globals = globalThis as unknown as Record<symbol, unknown>;

const stats = () => ({
  emitted: 3,
  sent: 1,
  sentOfOthers: 0,
  refused: 0,
  dropped: { low: 1, medium: 0, high: 0, critical: 0 },
  waiting: { records: 1, bytes: 600 },
});

/** A MeterProvider of the real SDK, and what it exports. */
function aProvider() {
  const exporter = new InMemoryMetricExporter(
    AggregationTemporality.CUMULATIVE,
  );
  const reader = new PeriodicExportingMetricReader({
    exporter,
    exportIntervalMillis: 3_600_000,
  });
  const provider = new MeterProvider({ readers: [reader] });
  return {
    provider,
    async collect() {
      exporter.reset();
      await reader.forceFlush();
      const scopes = exporter
        .getMetrics()
        .flatMap(({ scopeMetrics }) => scopeMetrics);
      const points = scopes.flatMap(({ metrics }) =>
        metrics.flatMap(({ descriptor, dataPoints }) =>
          dataPoints.map(({ value, attributes }) => [
            [descriptor.name, ...Object.values(attributes)].join(' '),
            value,
          ]),
        ),
      );
      return Object.fromEntries(points) as Record<string, unknown>;
    },
  };
}

const published = {
  'audit.records.emitted': 3,
  'audit.records.exported': 1,
  'audit.records.refused': 0,
  'audit.records.dropped low': 1,
  'audit.records.dropped medium': 0,
  'audit.records.dropped high': 0,
  'audit.records.dropped critical': 0,
  'audit.queue.depth': 1,
  'audit.queue.size': 600,
};

afterEach(() => {
  delete globals[KEY];
});

describe.each(['otel-api-1-9', '@opentelemetry/api'])(
  'publishStats with %s',
  (name) => {
    const { metrics } = require(name) as typeof Api;

    it('publishes to the provider that is registered', async () => {
      const sdk = aProvider();
      metrics.setGlobalMeterProvider(sdk.provider);
      let asked = 0;
      const publishing = publishStats(() => {
        asked += 1;
        return stats();
      });
      expect(await sdk.collect()).toEqual(published);
      const before = asked;
      publishing.stop();
      await sdk.collect();
      expect(asked).toBe(before);
      await sdk.provider.shutdown();
    });

    it('finds one that is registered later, with the next record', async () => {
      const sdk = aProvider();
      const transport = recordingTransport();
      const auditor = createAuditorOn(
        (settings, options) =>
          startPipeline(settings, { ...options, transport }),
        { initiated: [], spool: false },
      );
      auditor.record({ eventId: 'a', status: 'succeeded' });
      metrics.setGlobalMeterProvider(sdk.provider);
      expect(await sdk.collect()).toEqual({});
      auditor.record({ eventId: 'b', status: 'succeeded' });
      await auditor.flush();
      expect(await sdk.collect()).toMatchObject({
        'audit.records.emitted': 3,
        'audit.records.exported': 3,
        'audit.queue.depth': 0,
      });
      await auditor.close();
      await sdk.provider.shutdown();
    });
  },
);

describe('publishStats', () => {
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['no provider', {}],
    ['something foreign', { metrics: 5 }],
    [
      'a provider that throws',
      {
        metrics: {
          getMeter() {
            throw new Error('no');
          },
        },
      },
    ],
  ])('does without where the registry has %s', (_, registry) => {
    globals[KEY] = registry;
    const publishing = publishStats(stats);
    publishing.look();
    publishing.stop();
  });

  it('asks a provider that throws once only', () => {
    let asked = 0;
    globals[KEY] = {
      metrics: {
        getMeter() {
          asked += 1;
          throw new Error('no');
        },
      },
    };
    const publishing = publishStats(stats);
    publishing.look();
    publishing.look();
    expect(asked).toBe(1);
  });
});
