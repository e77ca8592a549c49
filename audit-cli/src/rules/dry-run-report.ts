import { eventColumns } from '../text/event-columns';
import { createTable } from '../text/table';
import type { Column, TableOptions } from '../text/table';
import { visibleText } from '../text/visible-text';
import type { DryRun } from './dry-run';
import { ruleText } from './rule';

const ruleColumns: readonly Column<DryRun['by_rule'][number]>[] = [
  { title: 'RULE', cell: ({ rule }) => ruleText(rule) },
  {
    title: 'WOULD KEEP OUT',
    cell: ({ excluded }) => String(excluded),
    isWhole: true,
  },
];

/** What a dry run found, for people: the counts, the warnings, and some of the events. */
export function dryRunReport(found: DryRun, options: TableOptions): string {
  const { scanned, excluded, from, to, by_severity, by_status } = found;
  const parts = [
    `${excluded} of ${scanned} events from ${from} to ${to} would have been kept out.\n`,
    countsLine('severity', by_severity) + countsLine('status', by_status),
    createTable(ruleColumns, options)(found.by_rule),
    found.warnings
      .map((warning) => `Warning: ${visibleText(warning)}.\n`)
      .join(''),
    found.samples.length === 0
      ? ''
      : `Some of them:\n${createTable(eventColumns, options)(found.samples)}`,
  ];
  return parts.filter(Boolean).join('\n');
}

function countsLine(name: string, counts: Record<string, number>): string {
  const list = Object.entries(counts).map(
    ([word, count]) => `${word} ${count}`,
  );
  return list.length === 0
    ? ''
    : `By ${name}: ${visibleText(list.join(', '))}\n`;
}
