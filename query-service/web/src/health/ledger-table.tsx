import type { LedgerSums } from '../api/types';
import { StateMark } from '../components/state-mark';
import { Table } from '../components/table';
import { count } from '../text/count';
import { missingOf } from './ledger-sentence';

/** Accounts, one row each: what was received, and what became of it. */
export function LedgerTable({
  label,
  first,
  rows,
}: {
  label: string;
  /** What the rows are of. */
  first: string;
  rows: readonly (LedgerSums & { id: string; name: string })[];
}) {
  return (
    <Table
      label={label}
      columns={[
        { name: first },
        { name: 'Received', isNumber: true },
        { name: 'Stored', isNumber: true },
        { name: 'Sent twice', isNumber: true },
        { name: 'Excluded', isNumber: true },
        { name: 'Quarantined', isNumber: true },
        { name: 'Batches', isNumber: true },
        { name: 'Adds up' },
      ]}
      rows={rows.map((row) => ({
        id: row.id,
        cells: [
          row.name,
          count(row.received),
          count(row.stored),
          count(row.duplicate),
          count(row.excluded),
          count(row.quarantined),
          count(row.batches),
          missingOf(row) === 0 ? (
            <StateMark key="sum" tone="good">
              yes
            </StateMark>
          ) : (
            <StateMark key="sum" tone="bad">
              {count(missingOf(row))} off
            </StateMark>
          ),
        ],
      }))}
    />
  );
}
