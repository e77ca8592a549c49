import type { KeyboardEvent, PointerEvent } from 'react';
import { setPreferences, usePreferences } from '../../preferences';
import { WIDTHS, WIDTH_STEP, widthOf, widthProperty } from './column-layout';
import styles from './column-heading.module.css';
import { columns as headings } from './columns';
import type { Column } from './columns';

/** The edge of a column, which is dragged, or moved by the arrow keys (https://www.w3.org/WAI/ARIA/apg/patterns/windowsplitter/). */
export function ColumnWidth({ column }: { column: Column }) {
  const { widths } = usePreferences();
  const width = widthOf(widths[column]);
  const set = (wanted: number) =>
    setPreferences({ widths: { ...widths, [column]: widthOf(wanted) } });

  function onPointerDown(down: PointerEvent<HTMLElement>): void {
    // The heading would be dragged away else.
    down.preventDefault();
    const edge = down.currentTarget;
    const grid = edge.closest<HTMLElement>('[role="grid"]');
    let wanted = width;
    const onMove = ({ clientX }: globalThis.PointerEvent) => {
      wanted = widthOf(width + clientX - down.clientX);
      grid?.style.setProperty(widthProperty(column), `${wanted}px`);
    };
    const onEnd = () => {
      edge.removeEventListener('pointermove', onMove);
      if (wanted !== width) set(wanted);
    };
    edge.setPointerCapture(down.pointerId);
    edge.addEventListener('pointermove', onMove);
    edge.addEventListener('lostpointercapture', onEnd, { once: true });
  }

  function onKeyDown(event: KeyboardEvent): void {
    const steps = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (steps === undefined) return;
    event.preventDefault();
    set(width + steps * WIDTH_STEP);
  }

  return (
    // A separator that has a value is a control.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <span
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={`Width of ${headings[column]}`}
      aria-valuenow={width}
      aria-valuemin={WIDTHS.min}
      aria-valuemax={WIDTHS.max}
      className={styles.edge}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
    />
  );
}
