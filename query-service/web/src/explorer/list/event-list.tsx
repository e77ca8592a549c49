import { useMemo, useRef, useState } from 'react';
import { useEvents, useTotal } from '../../api/events';
import type { AuditEvent } from '../../api/types';
import { useTail } from '../../api/use-tail';
import { Button } from '../../components/button';
import { Failure } from '../../components/failure';
import { Skeleton } from '../../components/skeleton';
import { exactly, withValue } from '../../query/search';
import { counted } from '../../text/count';
import { isPreset } from '../../time/range';
import type { Explorer } from '../use-explorer';
import { EventGrid } from './event-grid';
import styles from './list.module.css';
import { ListToolbar } from './list-toolbar';
import { NothingFound } from './nothing-found';
import { useListKeys } from './use-list-keys';

/** The events found, the newest first, with those that are committed meanwhile on top. */
export function EventList({ explorer }: { explorer: Explorer }) {
  const { params, filters, event, change, when, search } = explorer;
  const grid = useRef<HTMLDivElement>(null);
  const [isLive, setLive] = useState(false);
  const [seen, setSeen] = useState<readonly AuditEvent[]>([]);
  const found = useEvents(params);
  const { data: total } = useTotal(params);
  // A tail has no end, so it makes sense up to now alone.
  const tail = useTail(filters, isLive && isPreset(when));
  useListKeys(grid, explorer);

  const pages = found.data?.pages;
  const events = useMemo(() => {
    const listed = pages?.flatMap(({ data }) => data) ?? [];
    const ids = new Set(listed.map(({ id }) => id));
    return [...seen.filter(({ id }) => !ids.has(id)), ...listed];
  }, [pages, seen]);
  const fresh = tail.events.filter(
    ({ id }) => !events.some((one) => one.id === id),
  );

  const { hasNextPage, isFetchingNextPage, fetchNextPage } = found;
  const searchedTo = pages?.at(-1)?.searched_to ?? undefined;
  return (
    <section className={styles.section} aria-label="Events">
      <ListToolbar
        explorer={explorer}
        events={events}
        total={total}
        searchedTo={searchedTo}
        isLive={isLive && isPreset(when)}
        canFollow={isPreset(when)}
        onLive={(next) => {
          setLive(next);
          setSeen([]);
          if (next) explorer.refresh();
        }}
      />
      <div className={styles.body}>
        {fresh.length > 0 && (
          <div className={styles.pill}>
            <Button
              look="primary"
              onPress={() => {
                setSeen((before) => [...fresh, ...before]);
                tail.clear();
              }}
            >
              {counted(fresh.length, 'new event')}: show
            </Button>
          </div>
        )}
        {found.error && (
          <Failure error={found.error} onRetry={() => void found.refetch()} />
        )}
        {!pages && !found.error && <Skeleton lines={12} />}
        {pages && events.length === 0 && !found.error && (
          <NothingFound
            explorer={explorer}
            searchedTo={searchedTo}
            onFurther={hasNextPage ? () => void fetchNextPage() : undefined}
          />
        )}
        {events.length > 0 && !found.error && (
          <EventGrid
            gridRef={grid}
            events={events}
            openId={event?.id}
            hasMore={hasNextPage}
            onMore={() => {
              if (!isFetchingNextPage) void fetchNextPage();
            }}
            onFilter={({ actor_id: actor }) =>
              change({ search: withValue(search, 'actor_id', exactly(actor)) })
            }
            onOpen={({ id, event_time: time }) =>
              change({ event: { id, time } })
            }
          />
        )}
      </div>
    </section>
  );
}
