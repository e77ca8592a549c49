import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useState } from 'react';
import type { CSSProperties, KeyboardEvent, RefObject } from 'react';
import type { AuditEvent } from '../../api/types';
import { classes } from '../../components/classes';
import { usePreferences } from '../../preferences';
import { chosenColumns, columns as headings } from './columns';
import { EventRow, rowId } from './event-row';
import styles from './list.module.css';
import { stepOf } from './step-of';
import { useIsNarrow } from './use-is-narrow';

/** Heights of a row, in pixels, as list.module.css has them. */
const HEIGHTS = { comfortable: 36, compact: 27 };
const NARROW_HEIGHT = 72;
const HEADINGS_HEIGHT = 28;
/** So many rows before the end the next page is asked for. */
const AHEAD = 20;

/**
 * The events as a grid of which only the rows in sight are there. The arrow keys and j and k move, Enter shows an event in
 * full, f looks for more of its actor; once one is shown, moving shows the next.
 */
export function EventGrid({
  events,
  openId,
  hasMore,
  onMore,
  onOpen,
  onFilter,
  gridRef,
}: {
  events: readonly AuditEvent[];
  openId: string | undefined;
  hasMore: boolean;
  onMore: () => void;
  onOpen: (event: AuditEvent) => void;
  /** To look for events of the same actor. */
  onFilter: (event: AuditEvent) => void;
  gridRef: RefObject<HTMLDivElement | null>;
}) {
  const { density, columns: chosen } = usePreferences();
  const isNarrow = useIsNarrow();
  const columns = isNarrow ? [] : chosenColumns(chosen);
  const [active, setActive] = useState(0);
  const height = isNarrow ? NARROW_HEIGHT : HEIGHTS[density];
  const rows = useVirtualizer({
    count: events.length,
    getScrollElement: () => gridRef.current,
    // The headings stay on top, so a row at the bottom must come up that much more.
    scrollPaddingEnd: HEADINGS_HEIGHT,
    estimateSize: () => height,
    overscan: 12,
  });
  useEffect(() => rows.measure(), [rows, height]);

  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && last >= events.length - AHEAD) onMore();
  }, [hasMore, last, events.length, onMore]);

  const openAt = events.findIndex(({ id }) => id === openId);
  useEffect(() => {
    if (openAt >= 0) {
      setActive(openAt);
      rows.scrollToIndex(openAt);
    }
    // Only when another event is shown: scrolling away from it is allowed.
  }, [openAt, rows]);

  const open = useCallback(
    (index: number) => {
      const event = events[index];
      if (!event) return;
      setActive(index);
      onOpen(event);
    },
    [events, onOpen],
  );
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter') return open(active);
    if (event.key === 'f' && events[active]) return onFilter(events[active]);
    const step = stepOf(event.key);
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.min(Math.max(active + step, 0), events.length - 1);
    setActive(next);
    rows.scrollToIndex(next);
    if (openId !== undefined) open(next);
  };

  const current = events[active];
  const isThere = shown.some(({ index }) => index === active);
  return (
    <div
      ref={gridRef}
      role="grid"
      aria-label="Events"
      aria-rowcount={hasMore ? -1 : events.length + 1}
      aria-activedescendant={current && isThere ? rowId(current) : undefined}
      tabIndex={0}
      className={classes(styles.grid, styles[density])}
      style={{ '--more-columns': columns.length } as CSSProperties}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className={styles.headings}>
        <div role="row" aria-rowindex={1} className={styles.heading}>
          <span role="columnheader">Outcome</span>
          <span role="columnheader">What happened</span>
          {columns.map((column) => (
            <span key={column} role="columnheader">
              {headings[column]}
            </span>
          ))}
          <span role="columnheader">Severity</span>
          <span role="columnheader" className={styles.when}>
            When
          </span>
        </div>
      </div>
      <div
        role="rowgroup"
        className={styles.canvas}
        style={{ height: rows.getTotalSize() }}
      >
        {shown.map(({ index, start }) => (
          <EventRow
            key={events[index]!.id}
            event={events[index]!}
            index={index}
            columns={columns}
            isActive={index === active}
            isOpen={index === openAt}
            top={start}
            onOpen={open}
          />
        ))}
      </div>
    </div>
  );
}
