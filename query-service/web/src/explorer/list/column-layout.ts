import type { CSSProperties } from 'react';
import type { Column } from './columns';

/** How narrow and how wide a column can be made, and how wide it is until then, in pixels. */
export const WIDTHS = { min: 48, max: 960, usual: 144 } as const;
/** By how much a key makes a column wider. */
export const WIDTH_STEP = 16;

/** The custom property that has the width of a column; whoever drags changes that alone, and no row is drawn anew. */
export const widthProperty = (column: Column) => `--width-${column}` as const;

/** Outcome, severity and time, the sentence at its narrowest, the gaps between them, and the padding. */
const OTHERS_REM = 6.25 + 14 + 5.5 + 5.5 + 3 * 0.75 + 1.5;
const GAP_REM = 0.75;

/** A width within the bounds, in whole pixels. */
export function widthOf(wanted: number | undefined): number {
  const { min, max, usual } = WIDTHS;
  return Math.round(Math.min(Math.max(wanted ?? usual, min), max));
}

/** What list.module.css lays headings and rows out by. */
export function columnLayout(
  columns: readonly Column[],
  widths: Readonly<Record<string, number>>,
): CSSProperties {
  const tracks = columns.map((column) => `var(${widthProperty(column)})`);
  const rem = OTHERS_REM + columns.length * GAP_REM;
  return {
    ...Object.fromEntries(
      columns.map((column) => [
        widthProperty(column),
        `${widthOf(widths[column])}px`,
      ]),
    ),
    '--columns': `6.25rem minmax(14rem, 1fr) ${tracks.join(' ')} 5.5rem 5.5rem`,
    '--least-width': `calc(${[`${rem}rem`, ...tracks].join(' + ')})`,
  } as CSSProperties;
}

/** The columns with one of them at another place: that of `to`, or `by` so many further to the right. */
export function movedColumn<T>(
  columns: readonly T[],
  column: T,
  to: { to: T } | { by: number },
): T[] {
  const from = columns.indexOf(column);
  const wanted = 'to' in to ? columns.indexOf(to.to) : from + to.by;
  if (from < 0 || wanted < 0 || wanted >= columns.length) return [...columns];
  return columns.toSpliced(from, 1).toSpliced(wanted, 0, column);
}
