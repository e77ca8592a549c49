import { SlidersHorizontal } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { Button } from '../components/button';
import { classes } from '../components/classes';
import { fetched } from '../components/fetched';
import { useTitle } from '../components/page';
import { Skeleton } from '../components/skeleton';
import { setPreferences, usePreferences } from '../preferences';
import { useScreenCommands } from '../shell/screen-commands';
import { Chips } from './chips';
import styles from './explorer.module.css';
import { Facets } from './facets/facets';
import { EventsOverTime } from './histogram/events-over-time';
import { EventList } from './list/event-list';
import { useIsNarrow } from './list/use-is-narrow';
import { QueryLine } from './query-line/query-line';
import { TimePicker } from './time-picker';
import { useExplorer } from './use-explorer';
import { presetViews } from './views/preset-views';
import { Views } from './views/views';

const EventPanel = fetched(
  async () => (await import('../event/event-panel')).EventPanel,
  <aside className={styles.panel}>
    <Skeleton />
  </aside>,
);

/** The events of the log: found, counted, over time, one by one. */
export function Explorer() {
  useTitle('Explorer');
  const explorer = useExplorer();
  const { facets, views: saved } = usePreferences();
  const views = useMemo(
    () => saved.map(({ name, search }) => ({ name, address: search })),
    [saved],
  );
  const isNarrow = useIsNarrow();
  // On a telephone the facets would be all there is: they are shown when asked for, each time.
  const [isDrawerOpen, setDrawerOpen] = useState(false);
  const isSideOpen = isNarrow ? isDrawerOpen : facets;
  const [, go] = useLocation();
  useScreenCommands(
    useMemo(
      () =>
        [...presetViews, ...views].map(({ name, address }) => ({
          label: `View: ${name}`,
          run: () => go(address),
        })),
      [go, views],
    ),
  );
  const { search, when, range, event, change } = explorer;
  return (
    <div
      className={classes(styles.explorer, event !== undefined && styles.docked)}
    >
      <h1 className="visually-hidden">Explorer</h1>
      {isSideOpen && (
        <aside className={styles.side} aria-label="Views and facets">
          <Views explorer={explorer} />
          <Facets explorer={explorer} />
        </aside>
      )}
      <div className={styles.main}>
        <div className={styles.query}>
          <Button
            isIcon
            aria-label="Views and facets"
            aria-pressed={isSideOpen}
            onPress={() =>
              isNarrow
                ? setDrawerOpen(!isDrawerOpen)
                : setPreferences({ facets: !facets })
            }
          >
            <SlidersHorizontal size={14} aria-hidden />
          </Button>
          <QueryLine explorer={explorer} />
          <TimePicker
            when={when}
            range={range}
            onWhen={(next) => change({ when: next })}
          />
        </div>
        <Chips search={search} onSearch={(next) => change({ search: next })} />
        <EventsOverTime explorer={explorer} />
        <EventList explorer={explorer} />
      </div>
      {event && <EventPanel explorer={explorer} found={event} />}
    </div>
  );
}
