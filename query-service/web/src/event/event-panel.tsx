import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useEvent } from '../api/events';
import { Button } from '../components/button';
import { Failure } from '../components/failure';
import { OutcomeMark } from '../components/outcome-mark';
import { SeverityMark } from '../components/severity-mark';
import { Skeleton } from '../components/skeleton';
import { Tabs } from '../components/tabs';
import { Sentence } from '../explorer/list/sentence';
import type { Explorer } from '../explorer/use-explorer';
import { CopyMenu } from './copy-menu';
import { Details } from './details';
import styles from './event-panel.module.css';
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
  const close = () => explorer.change({ event: undefined });
  return (
    <aside className={styles.panel} aria-label="Event">
      <header className={styles.head}>
        <Button
          look="quiet"
          isIcon
          aria-label="Newer event"
          onPress={() => walk('k')}
        >
          <ChevronUp size={16} aria-hidden />
        </Button>
        <Button
          look="quiet"
          isIcon
          aria-label="Older event"
          onPress={() => walk('j')}
        >
          <ChevronDown size={16} aria-hidden />
        </Button>
        <span className={styles.space} />
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
            <p className={styles.marks}>
              <OutcomeMark event={data.event} />
              <SeverityMark level={data.event.severity_level} />
            </p>
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

/** The list knows what comes next: it gets the key that would say so. */
function walk(key: 'j' | 'k'): void {
  document
    .querySelector('[role="grid"]')
    ?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
}
