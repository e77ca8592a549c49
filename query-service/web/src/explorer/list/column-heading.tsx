import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { classes } from '../../components/classes';
import { Menu } from '../../components/menu';
import { setPreferences, usePreferences } from '../../preferences';
import { movedColumn } from './column-layout';
import styles from './column-heading.module.css';
import { ColumnWidth } from './column-width';
import { columns as headings } from './columns';
import type { Column } from './columns';

/** What is dragged says by this that it is a column, and which. */
const DRAGGED = 'application/x-otel-audit-column';

/** The heading of a column that was chosen: it is dragged to another place, made wider at its edge, and has a menu for both. */
export function ColumnHeading({
  column,
  columns,
}: {
  column: Column;
  /** All that are shown. */
  columns: readonly Column[];
}) {
  const { widths } = usePreferences();
  const [isTarget, setTarget] = useState(false);
  const name = headings[column];
  const move = (to: { to: Column } | { by: number }, moved = column) =>
    setPreferences({ columns: movedColumn(columns, moved, to) });
  const at = columns.indexOf(column);
  const { [column]: _own, ...otherWidths } = widths;
  return (
    <span
      role="columnheader"
      tabIndex={-1}
      className={classes(styles.heading, isTarget && styles.target)}
      draggable
      onDragStart={({ dataTransfer }) => dataTransfer.setData(DRAGGED, column)}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(DRAGGED)) return;
        event.preventDefault();
        setTarget(true);
      }}
      onDragLeave={() => setTarget(false)}
      onDrop={(event) => {
        event.preventDefault();
        setTarget(false);
        const dragged = event.dataTransfer.getData(DRAGGED);
        move({ to: column }, dragged as Column);
      }}
    >
      <Menu
        label={`Column ${name}`}
        trigger={
          <AriaButton className={styles.menu!} aria-label={`Column ${name}`}>
            <span className={styles.name}>{name}</span>
            <ChevronDown size={11} aria-hidden />
          </AriaButton>
        }
        entries={[
          {
            id: 'left',
            label: 'Move to the left',
            isDisabled: at === 0,
            onAction: () => move({ by: -1 }),
          },
          {
            id: 'right',
            label: 'Move to the right',
            isDisabled: at === columns.length - 1,
            onAction: () => move({ by: 1 }),
          },
          {
            id: 'usual',
            label: 'The usual width',
            isDisabled: !Object.hasOwn(widths, column),
            onAction: () => setPreferences({ widths: otherWidths }),
          },
          {
            id: 'hide',
            label: 'Take the column away',
            onAction: () =>
              setPreferences({
                columns: columns.filter((one) => one !== column),
              }),
          },
        ]}
      />
      <ColumnWidth column={column} />
    </span>
  );
}
