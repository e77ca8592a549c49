import { X509Certificate } from 'node:crypto';
import { Gauge } from 'prom-client';
import type { Registry } from 'prom-client';
import type { Readiness } from './readiness/readiness';

const STATUSES = [
  'ready',
  'failing',
  'unsafe',
] as const satisfies readonly Readiness['status'][];

/** What is asked at each scrape. */
export interface ReceiverState {
  readiness: () => Readiness['status'];
  inFlightLimitBytes: number;
  /** PEM; undefined without TLS. */
  certificate: () => string | Buffer | undefined;
}

/** Makes the gauges of what a receiver is in, rather than what it did. */
export function showState(registry: Registry, state: ReceiverState): void {
  const registers = [registry];
  const gauge = (
    name: string,
    help: string,
    collect: (this: Gauge) => void,
    labelNames: string[] = [],
  ) =>
    new Gauge({
      name: `audit_receiver_${name}`,
      help,
      labelNames,
      collect,
      registers,
    });
  gauge(
    'readiness',
    'Whether commits succeed and last: 1 for the status of the last look at the database, 0 for the others',
    function collect() {
      for (const status of STATUSES)
        this.set({ status }, status === state.readiness() ? 1 : 0);
    },
    ['status'],
  );
  gauge(
    'in_flight_limit_bytes',
    'Bytes of request bodies past which requests get 503',
    function collect() {
      this.set(state.inFlightLimitBytes);
    },
  );
  if (state.certificate() === undefined) return;
  gauge(
    'tls_certificate_expiry_timestamp_seconds',
    'When the certificate that is in force ends',
    function collect() {
      const { validTo } = new X509Certificate(state.certificate()!);
      this.set(Date.parse(validTo) / 1_000);
    },
  );
}
