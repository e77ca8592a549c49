import { useState } from 'react';
import { apiPath, useHistogram } from '../api/events';
import { Dialog } from '../components/dialog';
import { Select } from '../components/select';
import { usePreferences } from '../preferences';
import { formatLine } from '../query/format-line';
import { counted } from '../text/count';
import { printExactTime } from '../time/print-time';
import styles from './export-dialog.module.css';
import { leftOut } from './explorer-state';
import type { Explorer } from './use-explorer';

const FORMATS = [
  ['ndjson', 'NDJSON'],
  ['csv', 'CSV'],
] as const;
type Format = (typeof FORMATS)[number][0];

/** Takes away exactly what the explorer finds, and says before how much that is. */
export function ExportDialog({
  explorer,
  onClose,
}: {
  explorer: Explorer;
  onClose: () => void;
}) {
  const { zone } = usePreferences();
  const [format, setFormat] = useState<Format>('ndjson');
  const { data, error } = useHistogram(explorer.params);
  const { search, range } = explorer;
  const left = leftOut(explorer);
  const line = formatLine(search);
  return (
    <Dialog
      title="Export"
      isOpen
      onClose={onClose}
      actions={
        <a
          className={styles.download}
          href={apiPath('export', [...explorer.params, ['format', format]])}
          download
          onClick={onClose}
        >
          Download
        </a>
      }
    >
      <p role="status">
        <strong>
          {error
            ? `How many events these are could not be counted: ${error.message}`
            : data
              ? counted(data.total, 'event')
              : 'Counting'}
        </strong>
        , all of them, the oldest first: there is no cap.
      </p>
      <dl className={styles.what}>
        <dt>Search</dt>
        <dd>
          <code>{line || 'everything'}</code>
        </dd>
        <dt>Time</dt>
        <dd>
          {printExactTime(range.startMs, zone)} to{' '}
          {printExactTime(range.endMs, zone)}
        </dd>
        {(left.starts || left.reads) && (
          <>
            <dt>Without</dt>
            <dd>
              {left.starts && 'beginnings of operations'}
              {left.starts && left.reads && ', '}
              {left.reads && 'reads of this log'}
            </dd>
          </>
        )}
      </dl>
      <Select
        label="Format"
        options={FORMATS}
        value={format}
        onChange={setFormat}
      />
      <p className={styles.note}>
        {format === 'ndjson'
          ? 'The last line says how many rows there are, and the SHA-256 of all before it. A file without it is not whole.'
          : 'A cell that a spreadsheet would take for a formula gets a quote mark before it.'}{' '}
        That you exported is itself an event of the log.
      </p>
    </Dialog>
  );
}
