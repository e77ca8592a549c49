import { createTable } from '../text/table';
import type { Column, TableOptions } from '../text/table';
import { visibleText } from '../text/visible-text';
import type { Ledger, LedgerSums } from './ledger';

/** How many of a list are shown to people; `--json` has all. */
const MAX_SHOWN = 20;

interface Row extends LedgerSums {
  name: string;
}

const columns: readonly Column<Row>[] = [
  { title: 'DAY (UTC)', cell: ({ name }) => name },
  ...(
    [
      'batches',
      'received',
      'stored',
      'duplicate',
      'excluded',
      'quarantined',
    ] as const
  ).map((name) => ({
    title: name.toUpperCase(),
    cell: (row: Row) => String(row[name]),
    isWhole: true,
  })),
];

/** The ledger for people: the verdict, the days, and whatever does not add up. */
export function ledgerReport(ledger: Ledger, options: TableOptions): string {
  const { from, to, adds_up, total, days, gaps, differences = [] } = ledger;
  const verdict = adds_up
    ? options.paint('green', 'It adds up')
    : options.paint('red', 'It does NOT add up');
  const rows = [
    ...days.map((day) => ({ ...day, name: day.day })),
    { ...total, name: 'all' },
  ];
  return [
    `${verdict}, from ${from} to ${to}.\n`,
    createTable(columns, options)(rows),
    listOf(
      gaps.map(
        ({ instance, receiver_id, batches, highest_batch }) =>
          `Receiver ${instance} (connection ${receiver_id}): ${batches} batches are there, the last is number ${highest_batch}.`,
      ),
    ),
    listOf(
      differences.map(
        ({ receiver_id, receiver_seq, recorded_at, what, counted, found }) =>
          `Batch ${receiver_seq} of connection ${receiver_id}, ${recorded_at}: the ledger counted ${counted} ${what}, ${found} are there.`,
      ),
    ),
  ]
    .filter(Boolean)
    .join('\n');
}

function listOf(sentences: readonly string[]): string {
  const shown = sentences.slice(0, MAX_SHOWN).map(visibleText);
  if (sentences.length > MAX_SHOWN)
    shown.push(`${sentences.length - MAX_SHOWN} more: see --json.`);
  return shown.map((line) => `${line}\n`).join('');
}
