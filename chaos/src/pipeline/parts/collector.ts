import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../crash/free-port';
import { settings } from '../settings';
import { supervise } from './supervised';
import type { Supervised } from './supervised';

/** Those of otel-collector.yaml, the default first. */
export const collectorModes = ['store_and_forward', 'end_to_end'] as const;
export type CollectorMode = (typeof collectorModes)[number];

/** A Collector of the run. */
export interface Collector extends Supervised {
  url: string;
  /** Where its own metrics are, in Prometheus' format. */
  metricsUrl: string;
}

/** How it is set up. */
export interface CollectorOptions {
  binary: string;
  mode: CollectorMode;
  /** otel-collector.yaml. */
  config: string;
  folder: string;
  /** Of its queue on the disk. */
  queueFolder: string;
  /** Where it sends audit events. */
  receiverUrl: string;
}

/** A Collector that is not started yet, with the configuration given; only ports and folders are those of the run. */
export async function createCollector(
  options: CollectorOptions,
): Promise<Collector> {
  const { binary, config, folder, queueFolder } = options;
  const [http, grpc, health, metrics] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  const places = join(folder, 'collector-places.yaml');
  writeFileSync(
    places,
    JSON.stringify({
      extensions: {
        'file_storage/audit': {
          directory: queueFolder,
          compaction: { directory: queueFolder },
        },
        health_check: { endpoint: `127.0.0.1:${health}` },
      },
      receivers: {
        'otlp/audit': {
          protocols: {
            grpc: { endpoint: `127.0.0.1:${grpc}` },
            http: { endpoint: `127.0.0.1:${http}` },
          },
        },
      },
      service: {
        telemetry: {
          metrics: {
            readers: [
              {
                pull: {
                  exporter: {
                    prometheus: { host: '127.0.0.1', port: metrics },
                  },
                },
              },
            ],
          },
        },
      },
    }),
  );
  const supervised = supervise(
    () => ({
      file: binary,
      args: ['--config', config, '--config', places],
      env: {
        AUDIT_RECEIVER_ENDPOINT: options.receiverUrl,
        AUDIT_COLLECTOR_MODE: options.mode,
        AUDIT_INGEST_TOKEN: settings.ingestToken,
        // The team's own backend is away for all of the run: that must not matter to audit events.
        OTEL_BACKEND_ENDPOINT: '127.0.0.1:9',
      },
    }),
    {
      logFile: join(folder, 'collector.log'),
      upLine: 'Everything is ready',
    },
  );
  return {
    ...supervised,
    url: `http://127.0.0.1:${http}`,
    metricsUrl: `http://127.0.0.1:${metrics}/metrics`,
  };
}
