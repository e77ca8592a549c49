import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** Where a Collector listens, on 127.0.0.1. */
export interface CollectorPorts {
  grpc: number;
  http: number;
  health: number;
  metrics: number;
}

/** Ports that nobody listens on right now. */
export async function freePorts(): Promise<CollectorPorts> {
  // All are held until the last one is known, so that no two are the same.
  const servers = await Promise.all([0, 0, 0, 0].map(listen));
  const [grpc, http, health, metrics] = servers.map(
    (server) => (server.address() as AddressInfo).port,
  );
  await Promise.all(
    servers.map((server) => {
      server.close();
      return once(server, 'close');
    }),
  );
  return { grpc: grpc!, http: http!, health: health!, metrics: metrics! };
}

async function listen(port: number) {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** What `--config` takes to have the components of `otel-collector.yaml` listen there, and keep their queue in the directory. */
export function onPorts(
  { grpc, http, health, metrics }: CollectorPorts,
  directory: string,
): string[] {
  const reader = { host: '127.0.0.1', port: metrics };
  const settings = {
    'receivers::otlp/audit::protocols::grpc::endpoint': `127.0.0.1:${grpc}`,
    'receivers::otlp/audit::protocols::http::endpoint': `127.0.0.1:${http}`,
    'extensions::health_check::endpoint': `127.0.0.1:${health}`,
    'extensions::file_storage/audit::directory': directory,
    'extensions::file_storage/audit::compaction::directory': directory,
    'service::telemetry::metrics::readers': [
      { pull: { exporter: { prometheus: reader } } },
    ],
  };
  return Object.entries(settings).map(
    ([path, value]) => `yaml:${path}: ${JSON.stringify(value)}`,
  );
}
