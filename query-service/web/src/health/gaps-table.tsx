import type { LedgerDetail } from '../api/health';
import { Card } from '../components/card';
import { StateMark } from '../components/state-mark';
import { Table } from '../components/table';
import { count } from '../text/count';

/** Batches that are missing, of which each writing connection numbers its own from 1. */
export function GapsTable({ gaps }: Pick<LedgerDetail, 'gaps'>) {
  return (
    <Card
      title="Gaps"
      lead="Every writing connection numbers its batches from 1. A number that is not there is a batch that was taken away."
    >
      {gaps.length === 0 ? (
        <p>
          <StateMark tone="good">No batch is missing.</StateMark>
        </p>
      ) : (
        <Table
          label="Missing batches"
          columns={[
            { name: 'Receiver' },
            { name: 'Batches there', isNumber: true },
            { name: 'Last number', isNumber: true },
            { name: 'Missing', isNumber: true },
          ]}
          rows={gaps.map((gap, i) => ({
            id: `${gap.instance} ${i}`,
            cells: [
              gap.instance,
              count(gap.batches),
              count(gap.highest_batch),
              count(gap.highest_batch - gap.batches),
            ],
          }))}
        />
      )}
    </Card>
  );
}
