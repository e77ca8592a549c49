import { readHealth, readStats } from 'audit-event/store';
import type { Queryable } from 'audit-event/store';
import { Counter } from 'prom-client';
import type { Registry } from 'prom-client';
import { DEFAULT_SILENT_AFTER_S } from '../v2/silent-after';
import { createLedgerCheck } from './ledger-check';
import { createStoreGauges } from './store-gauges';

/** How often the database is asked at most, however often somebody scrapes, in milliseconds. */
const EVERY_MS = 60_000;
/** The same for comparing the ledger, which reads all events of the time. */
const LEDGER_EVERY_MS = 10 * 60_000;

export interface StoreMetricsDeps {
  registry: Registry;
  /** As for what reads much: monitoring keeps nobody waiting. */
  inScan: <T>(work: (db: Queryable) => Promise<T>) => Promise<T>;
  /** Told of a failure; metrics never fail because of the database. */
  onError: (error: unknown) => void;
  /** Milliseconds since 1970. */
  now?: (() => number) | undefined;
}

/**
 * Makes the metrics of the store: all of the database, whatever process of the product it came by.
 *
 * @returns what brings them up to date; those who call at the same time share one reading
 */
export function createStoreMetrics({
  registry,
  inScan,
  onError,
  now = Date.now,
}: StoreMetricsDeps): () => Promise<void> {
  const gauges = createStoreGauges(registry);
  const checkLedger = createLedgerCheck(registry, now());
  const failures = new Counter({
    name: 'audit_store_read_failures_total',
    help: 'Attempts to read the metrics of the store that failed',
    registers: [registry],
  });
  let readAt = -Infinity;
  let checkAt = now() + LEDGER_EVERY_MS;
  let reading: Promise<void> | undefined;

  async function read(): Promise<void> {
    readAt = now();
    await attempt(showStore, () => gauges.clear());
    if (now() >= checkAt) await attempt(checkNext);
    reading = undefined;
  }

  async function attempt(
    work: () => Promise<void>,
    onFailure?: () => void,
  ): Promise<void> {
    try {
      await work();
    } catch (error) {
      onFailure?.();
      failures.inc();
      onError(error);
    }
  }

  async function showStore(): Promise<void> {
    await inScan(async (db) => {
      const stats = await readStats(db);
      gauges.show(stats, await readHealth(db, DEFAULT_SILENT_AFTER_S * 1_000));
    });
  }

  /** Until it has caught up it goes on with each reading. */
  async function checkNext(): Promise<void> {
    const { isBehind } = await inScan((db) => checkLedger(db, now()));
    if (!isBehind) checkAt = now() + LEDGER_EVERY_MS;
  }

  return async function refresh() {
    if (reading === undefined && now() - readAt < EVERY_MS) return;
    await (reading ??= read());
  };
}
