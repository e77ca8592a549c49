// On a telephone its parts are displayed as blocks, with which browsers forget what they are.
/* oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role, jsx-a11y/prefer-tag-over-role */
import type { ReactNode } from 'react';
import { classes } from './classes';
import styles from './table.module.css';

export interface Column {
  name: string;
  /** Stands at the right, as numbers do. */
  isNumber?: boolean | undefined;
  /** Read by screen readers, not shown: of buttons, say. */
  isNameHidden?: boolean | undefined;
}

export interface TableProps {
  /** What the table is of, for screen readers. */
  label: string;
  columns: readonly Column[];
  /** The first cell of each is its heading. */
  rows: readonly { id: string; cells: readonly ReactNode[] }[];
}

/**
 * Rows and columns. On a telephone each row is a block with the names of the columns before its cells; elsewhere, where
 * there is no room, it scrolls by itself and the page does not.
 *
 * @example
 * <Table label="Days" columns={[{ name: 'Day' }, { name: 'Received', isNumber: true }]} rows={rows} />
 */
export function Table({ label, columns, rows }: TableProps) {
  const look = (i: number) =>
    classes(columns[i]?.isNumber && styles.number) || undefined;
  return (
    <div className={styles.frame} role="region" aria-label={label} tabIndex={0}>
      <table className={styles.table} role="table">
        <caption className="visually-hidden">{label}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map(({ name, isNameHidden }, i) => (
              <th
                key={name}
                scope="col"
                role="columnheader"
                className={look(i)}
              >
                {isNameHidden ? (
                  <span className="visually-hidden">{name}</span>
                ) : (
                  name
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map(({ id, cells }) => (
            <tr key={id} role="row">
              {columns.map(({ name, isNameHidden }, i) =>
                i === 0 ? (
                  <th key={name} scope="row" role="rowheader">
                    {cells[i]}
                  </th>
                ) : (
                  <td
                    key={name}
                    role="cell"
                    className={look(i)}
                    data-name={isNameHidden ? undefined : name}
                  >
                    {cells[i]}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
