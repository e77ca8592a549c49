import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { KeyboardEvent, RefObject } from 'react';
import type { AuditEvent } from '../../api/types';
import { classes } from '../../components/classes';
import { usePreferences } from '../../preferences';
import { columnLayout } from './column-layout';
import { chosenColumns } from './columns';
import { EventRow, rowId } from './event-row';
import { GridHeadings } from './grid-headings';
import styles from './list.module.css';
import { stepOf } from './step-of';
import { useIsNarrow } from './use-is-narrow';

/** Heights of a row, in pixels, as list.module.css has them. */
const HEIGHTS = { comfortable: 36, compact: 27 };
const NARROW_HEIGHT = 72;
const HEADINGS_HEIGHT = 28;
/** So many rows before the end the next page is asked for; of a short list, before its middle is passed. */
const AHEAD = 250;
/** Rows that are drawn above and below those in sight. */
const OVERSCAN = 6;

/**
 * The events as a grid of which only the rows in sight are there. The arrow keys and j and k move, Enter shows an event in
 * full, f looks for more of its actor; once one is shown, moving shows the next.
 */
export function EventGrid({
  events,
  searched,
  openId,
  hasMore,
  isStale,
  onMore,
  onOpen,
  onFilter,
  gridRef,
}: {
  events: readonly AuditEvent[];
  /** What was searched for: another search begins at its first row. */
  searched: string;
  openId: string | undefined;
  hasMore: boolean;
  /** They are of the search before, until those of this one come. */
  isStale: boolean;
  /** Undefined while more are being fetched, or cannot be. */
  onMore: (() => void) | undefined;
  onOpen: (event: AuditEvent) => void;
  /** To look for events of the same actor. */
  onFilter: (event: AuditEvent) => void;
  gridRef: RefObject<HTMLDivElement | null>;
}) {
  const { density, columns: chosen, widths } = usePreferences();
  const isNarrow = useIsNarrow();
  const columns = useMemo(
    () => (isNarrow ? [] : chosenColumns(chosen)),
    [isNarrow, chosen],
  );
  const [active, setActive] = useState(0);
  const height = isNarrow ? NARROW_HEIGHT : HEIGHTS[density];
  const rows = useVirtualizer({
    count: events.length,
    getScrollElement: () => gridRef.current,
    // The headings stay on top, so a row at the bottom must come up that much more.
    scrollPaddingEnd: HEADINGS_HEIGHT,
    estimateSize: () => height,
    overscan: OVERSCAN,
  });
  useEffect(() => rows.measure(), [rows, height]);

  useEffect(() => {
    setActive(0);
    gridRef.current?.scrollTo({ top: 0 });
  }, [searched, gridRef]);

  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  const ahead = Math.min(AHEAD, events.length / 2);
  useEffect(() => {
    if (last >= events.length - ahead) onMore?.();
  }, [last, events.length, ahead, onMore]);

  const openAt = useMemo(
    () =>
      openId === undefined ? -1 : events.findIndex(({ id }) => id === openId),
    [events, openId],
  );
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
    // Keys of the headings are theirs.
    if (event.target !== event.currentTarget) return;
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
      aria-busy={isStale}
      aria-rowcount={hasMore ? -1 : events.length + 1}
      aria-activedescendant={current && isThere ? rowId(current) : undefined}
      tabIndex={0}
      className={classes(styles.grid, styles[density], isStale && styles.stale)}
      style={columnLayout(columns, widths)}
      onKeyDown={onKeyDown}
    >
      <GridHeadings columns={columns} />
      <div
        role="rowgroup"
        className={styles.canvas}
        style={{ height: rows.getTotalSize() }}
      >
        {shown.map(({ index, start }) => (
          <EventRow
            // Rows that come into sight take the elements of those that went: to make new ones takes much longer.
            key={index % shown.length}
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
