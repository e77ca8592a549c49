import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useEvent } from '../api/events';
import { Button } from '../components/button';
import { Failure } from '../components/failure';
import { Skeleton } from '../components/skeleton';
import { Tabs } from '../components/tabs';
import { focusGrid, sendToGrid } from '../explorer/list/grid-element';
import { Sentence } from '../explorer/list/sentence';
import { isNarrow } from '../explorer/list/use-is-narrow';
import type { Explorer } from '../explorer/use-explorer';
import { CopyMenu } from './copy-menu';
import { Details } from './details';
import styles from './event-panel.module.css';
import { ExcludeLink } from './exclude-link';
import { OperationLine } from './operation-line';
import { RawRecord } from './raw-record';
import { Related } from './related';

/** One event in full, docked beside the list, which its arrows walk. */
export function EventPanel({
  explorer,
  found,
}: {
  explorer: Explorer;
  found: { id: string; time: string };
}) {
  const { data, error, refetch } = useEvent(found);
  const panel = useRef<HTMLElement>(null);
  // On a telephone it lies over the list: keys and screen readers go on in it.
  useEffect(() => {
    if (isNarrow()) panel.current?.focus();
  }, []);
  const close = () => {
    explorer.change({ event: undefined });
    focusGrid();
  };
  return (
    <aside
      ref={panel}
      className={styles.panel}
      aria-label="Event"
      tabIndex={-1}
    >
      <header className={styles.head}>
        <Button
          look="quiet"
          isIcon
          aria-label="Newer event"
          onPress={() => sendToGrid('k')}
        >
          <ChevronUp size={16} aria-hidden />
        </Button>
        <Button
          look="quiet"
          isIcon
          aria-label="Older event"
          onPress={() => sendToGrid('j')}
        >
          <ChevronDown size={16} aria-hidden />
        </Button>
        <span className={styles.space} />
        {data && <ExcludeLink event={data.event} />}
        {data && <CopyMenu event={data.event} />}
        <Button
          look="quiet"
          isIcon
          aria-label="Close the event"
          onPress={close}
        >
          <X size={16} aria-hidden />
        </Button>
      </header>
      <div className={styles.body}>
        {error && <Failure error={error} onRetry={() => void refetch()} />}
        {!data && !error && <Skeleton lines={10} />}
        {data && !error && (
          <>
            <h2 className={styles.sentence} aria-live="polite">
              <Sentence event={data.event} />
            </h2>
            <OperationLine found={data} explorer={explorer} />
            <Tabs
              label="About the event"
              tabs={[
                {
                  id: 'details',
                  label: 'Details',
                  content: <Details found={data} explorer={explorer} />,
                },
                {
                  id: 'related',
                  label: 'Related',
                  content: <Related found={data} explorer={explorer} />,
                },
                {
                  id: 'raw',
                  label: 'Raw record',
                  content: <RawRecord event={data.event} />,
                },
              ]}
            />
          </>
        )}
      </div>
    </aside>
  );
}
