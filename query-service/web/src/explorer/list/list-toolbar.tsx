import { Columns3, Download, Eye, Radio, RefreshCw, Rows3 } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../api/session';
import type { AuditEvent, Total } from '../../api/types';
import { Button } from '../../components/button';
import { Menu } from '../../components/menu';
import { Tooltip } from '../../components/tooltip';
import { setPreferences, usePreferences } from '../../preferences';
import { count } from '../../text/count';
import { printTime } from '../../time/print-time';
import { ExportDialog } from '../export-dialog';
import { leftOut } from '../explorer-state';
import type { Explorer } from '../use-explorer';
import { columnNames, columns as headings } from './columns';
import styles from './list.module.css';

/** How much was found, and how the list is shown. */
export function ListToolbar({
  explorer,
  events,
  total,
  searchedTo,
  isLive,
  canFollow,
  onLive,
}: {
  explorer: Explorer;
  events: readonly AuditEvent[];
  total: Total | undefined;
  searchedTo: string | undefined;
  isLive: boolean;
  canFollow: boolean;
  onLive: (isLive: boolean) => void;
}) {
  const { density, columns, zone } = usePreferences();
  const [isExporting, setExporting] = useState(false);
  const mayExport = useMay('audit.log.export');
  const left = leftOut(explorer);
  const hidden = [
    ...(left.starts ? ['beginnings'] : []),
    ...(left.reads ? ['reads of this log'] : []),
  ].join(' and ');
  return (
    <div className={styles.toolbar}>
      <p className={styles.summary} role="status">
        <strong>{count(events.length)}</strong> shown
        {total &&
          ` of ${total.is_exact ? '' : 'at least '}${count(total.value)}`}
        {searchedTo !== undefined &&
          `, searched up to ${printTime(searchedTo, zone)}`}
        {hidden && `, without ${hidden}`}
      </p>
      <Menu
        label="Show"
        selectionMode="multiple"
        selected={[
          ...(left.starts ? [] : ['starts']),
          ...(left.reads ? [] : ['reads']),
        ]}
        trigger={
          <Button look="quiet">
            <Eye size={14} aria-hidden /> Show
          </Button>
        }
        entries={[
          {
            id: 'starts',
            label: 'Beginnings of operations',
            onAction: () => explorer.change({ starts: !explorer.starts }),
          },
          {
            id: 'reads',
            label: 'Reads of this log',
            onAction: () => explorer.change({ reads: !explorer.reads }),
          },
        ]}
      />
      <Tooltip
        text={
          canFollow
            ? 'New events as they are committed'
            : 'Choose a time up to now to follow new events'
        }
      >
        <Button
          look="quiet"
          aria-pressed={isLive}
          isDisabled={!canFollow}
          onPress={() => onLive(!isLive)}
        >
          <Radio size={14} aria-hidden /> {isLive ? 'Pause' : 'Live'}
        </Button>
      </Tooltip>
      <Button
        look="quiet"
        isIcon
        aria-label="Refresh"
        onPress={explorer.refresh}
      >
        <RefreshCw size={14} aria-hidden />
      </Button>
      <Button
        look="quiet"
        isIcon
        aria-label={
          density === 'compact' ? 'Show rows with more room' : 'Show rows dense'
        }
        aria-pressed={density === 'compact'}
        onPress={() =>
          setPreferences({
            density: density === 'compact' ? 'comfortable' : 'compact',
          })
        }
      >
        <Rows3 size={14} aria-hidden />
      </Button>
      <Menu
        label="Columns"
        selectionMode="multiple"
        selected={columns}
        trigger={
          <Button look="quiet" isIcon aria-label="Columns">
            <Columns3 size={14} aria-hidden />
          </Button>
        }
        entries={columnNames.map((name) => ({
          id: name,
          label: headings[name],
          onAction: () =>
            setPreferences({
              columns: columns.includes(name)
                ? columns.filter((one) => one !== name)
                : [...columns, name],
            }),
        }))}
      />
      {mayExport && (
        <Button look="quiet" onPress={() => setExporting(true)}>
          <Download size={14} aria-hidden /> Export
        </Button>
      )}
      {isExporting && (
        <ExportDialog explorer={explorer} onClose={() => setExporting(false)} />
      )}
    </div>
  );
}
