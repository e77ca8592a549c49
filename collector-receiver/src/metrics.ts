import { Counter, Gauge, Registry } from 'prom-client';

/** What the receiver counts beside its batches. All counters are of one process: the database holds the accounting. */
export interface Metrics {
  registry: Registry;
  answered: (httpStatus: number) => void;
  answeredGrpc: (rpcStatus: number) => void;
  rulesNotTaken: () => void;
}

/**
 * Makes the Prometheus metrics of one receiver.
 *
 * @param inFlightBytes asked at each scrape
 */
export function createMetrics(
  inFlightBytes: () => number,
  registry = new Registry(),
): Metrics {
  const counter = (name: string, help: string, ...labelNames: string[]) =>
    new Counter({
      name: `audit_receiver_${name}_total`,
      help,
      labelNames,
      registers: [registry],
    });
  const requests = counter(
    'requests',
    'Requests to the ingest paths by HTTP status',
    'status',
  );
  const grpcRequests = counter(
    'grpc_requests',
    'Calls over OTLP/gRPC by gRPC status code',
    'code',
  );
  const notTaken = counter(
    'rule_reload_failures',
    'Attempts to take exclusion rules that left the last good ones in force',
  );
  const inFlight = new Gauge({
    name: 'audit_receiver_in_flight_bytes',
    help: 'Bytes of request bodies that are being received or committed',
    registers: [],
    collect() {
      this.set(inFlightBytes());
    },
  });
  registry.registerMetric(inFlight);
  return {
    registry,
    answered: (status) => requests.inc({ status: String(status) }),
    answeredGrpc: (code) => grpcRequests.inc({ code: String(code) }),
    rulesNotTaken: () => notTaken.inc(),
  };
}
