import { Registry } from 'prom-client';
import { countBatches } from './count-batches';

describe('countBatches', () => {
  it('counts each outcome, each rule and each reason', async () => {
    const registry = new Registry();
    const count = countBatches(registry);
    const batch = {
      received: 10,
      stored: 4,
      duplicate: 1,
      excluded: 3,
      quarantined: 2,
      excludedBy: new Map([['rule-1', 3]]),
      quarantinedFor: new Map([
        ['id-conflict', 1],
        ['bad-value', 1],
      ]),
    };
    count(batch, 7);
    count(batch, 20_000);
    const metrics = await registry.metrics();
    expect(metrics).toMatch(
      /^audit_receiver_commit_duration_seconds_bucket\{le="0.01"\} 1$/m,
    );
    expect(metrics).toMatch(
      /^audit_receiver_commit_duration_seconds_sum 20\.007$/m,
    );
    const counts = metrics
      .split('\n')
      .filter((line) => /^audit_receiver_(batches|records)/.test(line));
    expect(counts).toEqual([
      'audit_receiver_batches_total 2',
      'audit_receiver_records_received_total 20',
      'audit_receiver_records_total{outcome="stored"} 8',
      'audit_receiver_records_total{outcome="duplicate"} 2',
      'audit_receiver_records_total{outcome="excluded"} 6',
      'audit_receiver_records_total{outcome="quarantined"} 4',
      'audit_receiver_records_excluded_total{rule="rule-1"} 6',
      'audit_receiver_records_quarantined_total{reason="id-conflict"} 2',
      'audit_receiver_records_quarantined_total{reason="bad-value"} 2',
    ]);
  });
});
