import type { StoreHealth, StoreStats } from 'audit-event/store';
import { Gauge } from 'prom-client';
import type { Registry } from 'prom-client';

export interface StoreGauges {
  show(stats: StoreStats, health: StoreHealth): void;
  /** Shows nothing rather than what was true once. */
  clear(): void;
}

/** Makes the gauges that tell how the store does. */
export function createStoreGauges(registry: Registry): StoreGauges {
  const plain: Gauge[] = [];
  const labelled: Gauge[] = [];
  const gauge = (name: string, help: string, ...labelNames: string[]) => {
    const one = new Gauge({
      name: `audit_store_${name}`,
      help,
      labelNames,
      registers: [registry],
    });
    (labelNames.length > 0 ? labelled : plain).push(one);
    return one;
  };
  const events = gauge('events', 'Events stored');
  const lastBatch = gauge(
    'last_batch_timestamp_seconds',
    'When the newest batch was recorded, by the clock of its receiver',
  );
  const lag = gauge(
    'event_lag_seconds',
    'From the time of an event to its commit, over the last ten minutes',
    'quantile',
  );
  const databaseBytes = gauge('database_bytes', 'Size of the database');
  const waiting = gauge(
    'waiting_batches',
    'Batches that no tail can show yet, because a transaction from before them is under way',
  );
  const unfolded = gauge(
    'unfolded_counts',
    'Counts of batches that no receiver has added up yet',
  );
  const streams = gauge('streams', 'Streams by state', 'state');
  const missing = gauge(
    'missing_records',
    'Sequence numbers of streams that never came, by whether their emitter declared them lost',
    'declared',
  );
  const unfinished = gauge(
    'unfinished_operations',
    'Operations without an outcome, past their time limit',
  );
  const due = gauge('due_months', 'Months that retention should have dropped');
  const dropped = gauge('dropped_events', 'Events dropped by retention');

  function clear(): void {
    for (const one of plain) one.remove();
    for (const one of labelled) one.reset();
  }
  clear();
  return {
    clear,
    show(stats, health) {
      clear();
      events.set(stats.events);
      databaseBytes.set(stats.database_bytes);
      waiting.set(stats.waiting_batches);
      unfolded.set(stats.counts.fresh);
      if (stats.last_recorded_at !== null)
        lastBatch.set(Date.parse(stats.last_recorded_at) / 1_000);
      const { p50, p99 } = stats.lag_ms;
      if (p50 !== null) lag.set({ quantile: '0.5' }, p50 / 1_000);
      if (p99 !== null) lag.set({ quantile: '0.99' }, p99 / 1_000);
      for (const [state, count] of Object.entries(health.streams))
        streams.set({ state }, count);
      missing.set({ declared: 'true' }, health.missing.declared);
      missing.set({ declared: 'false' }, health.missing.undeclared);
      unfinished.set(health.unfinishedOperations);
      due.set(health.dueMonths);
      dropped.set(health.droppedEvents);
    },
  };
}
