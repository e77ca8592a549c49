import { Download, Eye, EyeOff, Radio, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../api/session';
import type { AuditEvent, Total } from '../../api/types';
import { Button } from '../../components/button';
import { Menu } from '../../components/menu';
import { Tooltip } from '../../components/tooltip';
import { usePreferences } from '../../preferences';
import { count } from '../../text/count';
import { printTime } from '../../time/print-time';
import { ExportDialog } from '../export-dialog';
import { leftOut } from '../explorer-state';
import type { Explorer } from '../use-explorer';
import styles from './list.module.css';
import { ListLook } from './list-look';
import { useIsNarrow } from './use-is-narrow';

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
  const { zone } = usePreferences();
  const isNarrow = useIsNarrow();
  const [isExporting, setExporting] = useState(false);
  const mayExport = useMay('audit.log.export');
  const left = leftOut(explorer);
  const hidden = [
    ...(left.starts ? ['beginnings of operations'] : []),
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
        {hidden && `; hidden: ${hidden}`}
      </p>
      <Menu
        label="Show what is hidden"
        selectionMode="multiple"
        selected={[
          ...(left.starts ? [] : ['starts']),
          ...(left.reads ? [] : ['reads']),
        ]}
        trigger={
          <Button look="quiet">
            {hidden ? (
              <EyeOff size={14} aria-hidden />
            ) : (
              <Eye size={14} aria-hidden />
            )}{' '}
            Hidden
          </Button>
        }
        entries={[
          {
            id: 'starts',
            label: 'Show beginnings of operations',
            onAction: () => explorer.change({ starts: !explorer.starts }),
          },
          {
            id: 'reads',
            label: 'Show reads of this log',
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
      {!isNarrow && <ListLook />}
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
