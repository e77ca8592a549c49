import { useCallback, useMemo, useRef, useState } from 'react';
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
import { useSeen } from './use-seen';

/** The events found, the newest first, with those that are committed meanwhile on top. */
export function EventList({ explorer }: { explorer: Explorer }) {
  const { params, filters, event, change, when, search } = explorer;
  const grid = useRef<HTMLDivElement>(null);
  const [isLive, setLive] = useState(false);
  const found = useEvents(params);
  const { data: total } = useTotal(params);
  // A tail has no end, so it makes sense up to now alone.
  const isFollowing = isLive && isPreset(when);
  const tail = useTail(filters, isFollowing);
  useListKeys(grid, explorer);

  const pages = found.data?.pages;
  const listed = useMemo(
    () => pages?.flatMap(({ data }) => data) ?? [],
    [pages],
  );
  const { events, fresh, show } = useSeen(
    listed,
    tail,
    JSON.stringify([filters, when]),
  );

  const { hasNextPage, isFetchNextPageError, fetchNextPage } = found;
  const onMore = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const mayFetchMore =
    hasNextPage && !found.isFetchingNextPage && !isFetchNextPageError;
  // What was found stays when only what comes behind it could not be fetched.
  const error = isFetchNextPageError ? null : found.error;
  const onOpen = useCallback(
    ({ id, event_time: time }: AuditEvent) => change({ event: { id, time } }),
    [change],
  );
  const searchedTo = pages?.at(-1)?.searched_to ?? undefined;
  return (
    <section className={styles.section} aria-label="Events">
      <ListToolbar
        explorer={explorer}
        events={events}
        total={total}
        searchedTo={searchedTo}
        isLive={isFollowing}
        canFollow={isPreset(when)}
        onLive={(next) => {
          setLive(next);
          if (next) explorer.refresh();
        }}
      />
      <div className={styles.body}>
        {fresh.length > 0 && (
          <div className={styles.pill}>
            <Button
              look="primary"
              onPress={() => {
                show();
                grid.current?.scrollTo({ top: 0 });
              }}
            >
              {counted(fresh.length, 'new event')}: show
            </Button>
          </div>
        )}
        {error && (
          <Failure error={error} onRetry={() => void found.refetch()} />
        )}
        {!pages && !error && <Skeleton lines={12} />}
        {pages && events.length === 0 && !error && (
          <NothingFound
            explorer={explorer}
            searchedTo={searchedTo}
            onFurther={hasNextPage ? onMore : undefined}
          />
        )}
        {events.length > 0 && !error && (
          <EventGrid
            gridRef={grid}
            events={events}
            searched={JSON.stringify(params)}
            openId={event?.id}
            hasMore={hasNextPage}
            isStale={found.isPlaceholderData}
            onMore={mayFetchMore ? onMore : undefined}
            onFilter={({ actor_id: actor }) =>
              change({ search: withValue(search, 'actor_id', exactly(actor)) })
            }
            onOpen={onOpen}
          />
        )}
        {isFetchNextPageError && (
          <p role="alert" className={styles.moreFailed}>
            Older events could not be fetched: {found.error?.message}
            <Button onPress={onMore}>Try again</Button>
          </p>
        )}
      </div>
    </section>
  );
}
