import type { Column, Style } from './text/table';

/** One start of an emitting process: the fields that a table shows. */
export interface Stream {
  id: string;
  state: string;
  service_name: string | null;
  service_instance_id: string | null;
  highest_sequence: number | null;
  missing_count: number;
  undeclared_count: number;
  last_recorded_at: string | null;
}

/** As the API knows them, the worst first. */
export const streamStates = [
  'lost',
  'incomplete',
  'silent',
  'gap-declared',
  'complete',
  'live',
] as const;

const STYLE: Readonly<Record<string, Style>> = {
  lost: 'red',
  incomplete: 'red',
  silent: 'yellow',
  'gap-declared': 'yellow',
  complete: 'green',
};

/** Whether records may be missing that nobody declared lost. */
export function mayLackRecords({ state }: Stream): boolean {
  return ['lost', 'incomplete', 'silent'].includes(state);
}

/** The columns in which streams are shown to people. */
export const streamColumns: readonly Column<Stream>[] = [
  {
    title: 'STATE',
    cell: ({ state }) => state,
    style: ({ state }) => STYLE[state],
    isWhole: true,
    atLeast: 'gap-declared'.length,
  },
  { title: 'SERVICE', cell: ({ service_name }) => service_name ?? '-' },
  {
    title: 'INSTANCE',
    cell: ({ service_instance_id }) => service_instance_id ?? '-',
  },
  {
    title: 'RECORDS',
    // Numbered from 0.
    cell: ({ highest_sequence }) =>
      highest_sequence === null ? '-' : String(highest_sequence + 1),
    isWhole: true,
  },
  { title: 'MISSING', cell: missingOf },
  {
    title: 'LAST (UTC)',
    cell: ({ last_recorded_at }) =>
      last_recorded_at?.replace('T', ' ').replace('Z', '') ?? '-',
    isWhole: true,
  },
  { title: 'STREAM', cell: ({ id }) => id },
];

function missingOf({ missing_count, undeclared_count }: Stream): string {
  if (missing_count === 0) return '-';
  const declared = missing_count - undeclared_count;
  return declared === 0
    ? String(missing_count)
    : `${missing_count} (${declared} declared lost)`;
}
