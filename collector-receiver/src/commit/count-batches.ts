import type { Accounting } from 'audit-event/store';
import { Counter, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';

const OUTCOMES = ['stored', 'duplicate', 'excluded', 'quarantined'] as const;

/**
 * Makes the counters of committed batches: the accounting of this process, as the database has that of all.
 *
 * @returns what is to be told of each batch after its commit
 */
export function countBatches(
  registry: Registry,
): (accounting: Accounting, tookMs: number) => void {
  const registers = [registry];
  const batches = new Counter({
    name: 'audit_receiver_batches_total',
    help: 'Batches committed',
    registers,
  });
  const received = new Counter({
    name: 'audit_receiver_records_received_total',
    help: 'Log records of committed batches: the sum of all outcomes',
    registers,
  });
  const records = new Counter({
    name: 'audit_receiver_records_total',
    help: 'Log records of committed batches by what became of them',
    labelNames: ['outcome'],
    registers,
  });
  const excluded = new Counter({
    name: 'audit_receiver_records_excluded_total',
    help: 'Log records of committed batches that an exclusion rule kept out',
    labelNames: ['rule'],
    registers,
  });
  const quarantined = new Counter({
    name: 'audit_receiver_records_quarantined_total',
    help: 'Log records of committed batches that were kept aside with their bytes',
    labelNames: ['reason'],
    registers,
  });
  const duration = new Histogram({
    name: 'audit_receiver_commit_duration_seconds',
    help: 'Time to commit a batch',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  });
  for (const outcome of OUTCOMES) records.inc({ outcome }, 0);
  return (accounting, tookMs) => {
    duration.observe(tookMs / 1_000);
    batches.inc();
    received.inc(accounting.received);
    for (const outcome of OUTCOMES)
      records.inc({ outcome }, accounting[outcome]);
    for (const [rule, count] of accounting.excludedBy)
      excluded.inc({ rule }, count);
    for (const [reason, count] of accounting.quarantinedFor)
      quarantined.inc({ reason }, count);
  };
}
