import { openTelemetryRegistry } from './opentelemetry-registry';
import type { Stats } from './pipeline';
import { statsInstruments } from './stats-instruments';
import type { StatsInstrument } from './stats-instruments';
import { SCOPE_NAME, VERSION } from './version';

type Callback = (result: {
  observe(value: number, attributes?: Record<string, string>): void;
}) => void;

interface Observable {
  addCallback(callback: Callback): void;
  removeCallback(callback: Callback): void;
}

type Meter = Record<
  StatsInstrument['kind'],
  (name: string, options: { unit: string; description: string }) => Observable
>;

/** As in src/api/metrics.ts of @opentelemetry/api. */
interface Registry {
  metrics?: { getMeter(name: string, version: string): Meter };
}

/** The stats of one auditor as OpenTelemetry metrics. */
export interface PublishedStats {
  /** Looks for a MeterProvider as long as none was found. As cheap as reading a property, for every record. Never throws. */
  look(): void;
  /** Takes the metrics back. */
  stop(): void;
}

/**
 * Publishes stats as metrics of the MeterProvider that the application has registered, read from where every 1.x copy of
 * `@opentelemetry/api` registers it: no dependency. A provider that is registered later is found by the next `look`.
 *
 * One auditor in a process is what the metrics are for: two of them report under the same names.
 */
export function publishStats(stats: () => Stats): PublishedStats {
  let withdraw: (() => void)[] | undefined;

  function look(): void {
    if (withdraw !== undefined) return;
    try {
      const registry = openTelemetryRegistry() as Registry | undefined;
      const provider = registry?.metrics;
      if (!provider) return;
      // Also where it fails below: a provider that throws once is not asked again with each record.
      withdraw = [];
      const meter = provider.getMeter(SCOPE_NAME, VERSION);
      for (const instrument of statsInstruments)
        withdraw.push(publish(meter, instrument, stats));
    } catch {
      // Metrics are the application's own; the audit trail does without them.
    }
  }

  look();
  return {
    look,
    stop() {
      for (const take of withdraw ?? []) take();
      withdraw = [];
    },
  };
}

function publish(
  meter: Meter,
  { name, kind, unit, description, read }: StatsInstrument,
  stats: () => Stats,
): () => void {
  const observable = meter[kind](name, { unit, description });
  const callback: Callback = (result) => {
    for (const { value, attributes } of read(stats()))
      result.observe(value, attributes);
  };
  observable.addCallback(callback);
  return () => {
    try {
      observable.removeCallback(callback);
    } catch {
      // See above.
    }
  };
}
