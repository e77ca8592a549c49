import { memo } from 'react';
import type { AuditEvent } from '../../api/types';
import { classes } from '../../components/classes';
import { OutcomeMark } from '../../components/outcome-mark';
import { SeverityMark } from '../../components/severity-mark';
import { TimeAgo } from '../../time/time-ago';
import { Cell } from './cell';
import type { Column } from './columns';
import styles from './list.module.css';
import { Sentence } from './sentence';

/** The id of a row's element, by which the grid says which row is the active one. */
export const rowId = (event: Pick<AuditEvent, 'id'>) => `event-${event.id}`;

/** One event of the list. */
export const EventRow = memo(function EventRow({
  event,
  index,
  columns,
  isActive,
  isOpen,
  top,
  onOpen,
}: {
  event: AuditEvent;
  index: number;
  columns: readonly Column[];
  isActive: boolean;
  isOpen: boolean;
  /** Pixels from the top of the list. */
  top: number;
  onOpen: (index: number) => void;
}) {
  return (
    // Keys are the grid's: it has the focus, and says which row is the active one.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={rowId(event)}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isOpen}
      className={classes(
        styles.row,
        isActive && styles.active,
        isOpen && styles.open,
      )}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onOpen(index)}
    >
      <span role="gridcell">
        <OutcomeMark event={event} />
      </span>
      <span role="gridcell" className={styles.what}>
        <Sentence event={event} />
      </span>
      {columns.map((column) => (
        <span key={column} role="gridcell" className={styles.more}>
          <Cell event={event} column={column} />
        </span>
      ))}
      <span role="gridcell" className={styles.severity}>
        <SeverityMark level={event.severity_level} />
      </span>
      <span role="gridcell" className={styles.when}>
        <TimeAgo time={event.event_time} />
      </span>
    </div>
  );
});
