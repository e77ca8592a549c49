import { columnWidths, GAP } from './column-widths';
import { displayWidth } from './display-width';
import { fit } from './fit';
import { visibleText } from './visible-text';

/** The names that `util.styleText` has for what is used here. */
export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green';
export type Paint = (style: Style, text: string) => string;

export interface Column<Row> {
  title: string;
  /** May be a stranger's text: it is made visible here. */
  cell: (row: Row) => string;
  /** Beside what the words say, never instead of it. */
  style?: ((row: Row) => Style | undefined) | undefined;
  /** Must not be cut. */
  isWhole?: boolean | undefined;
  /** Columns to set aside from the start, where later rows may be wider than the first. */
  atLeast?: number | undefined;
}

export interface TableOptions {
  /** Of the terminal; infinite where there is none. */
  width: number;
  paint: Paint;
}

/**
 * A table whose rows come piece by piece: the first rows say how wide the columns are, and all others keep to it. The head comes with
 * the first rows.
 *
 * @example
 * const lines = createTable(columns, { width: 80, paint });
 * lines(firstPage); lines(secondPage);
 */
export function createTable<Row>(
  columns: readonly Column<Row>[],
  { width, paint }: TableOptions,
): (rows: readonly Row[]) => string {
  let widths: readonly number[] | undefined;
  const line = (
    cells: readonly string[],
    styleOf: (i: number) => Style | undefined,
  ) =>
    cells
      .map((cell, i) => {
        // Whoever reads this through a pipe wants all of it, even where it leaves its column.
        const fitted = (width === Infinity ? padded : fit)(cell, widths![i]!);
        const text = i === cells.length - 1 ? fitted.trimEnd() : fitted;
        const style = styleOf(i);
        return style === undefined ? text : paint(style, text);
      })
      .join(GAP);
  return function tableLines(rows) {
    const cells = rows.map((row) =>
      columns.map(({ cell }) => visibleText(cell(row))),
    );
    const titles = columns.map(({ title }) => title);
    const isFirst = widths === undefined;
    widths ??= columnWidths(
      columns.map(({ title, atLeast = 0 }, i) =>
        cells.reduce(
          (max, row) => Math.max(max, displayWidth(row[i]!)),
          Math.max(title.length, atLeast),
        ),
      ),
      columns.map(({ isWhole }) => isWhole ?? false),
      width,
    );
    const lines = cells.map((row, r) =>
      line(row, (i) => columns[i]!.style?.(rows[r]!)),
    );
    if (isFirst) lines.unshift(line(titles, () => 'bold'));
    return lines.map((one) => `${one}\n`).join('');
  };
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}
