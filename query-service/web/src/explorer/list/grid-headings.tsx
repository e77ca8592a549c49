import { ColumnHeading } from './column-heading';
import type { Column } from './columns';
import styles from './list.module.css';

/** The first row of the grid: what its columns are called. */
export function GridHeadings({ columns }: { columns: readonly Column[] }) {
  return (
    <div role="rowgroup" className={styles.headings}>
      <div role="row" aria-rowindex={1} className={styles.heading}>
        <span role="columnheader">Outcome</span>
        <span role="columnheader">What happened</span>
        {columns.map((column) => (
          <ColumnHeading key={column} column={column} columns={columns} />
        ))}
        <span role="columnheader">Severity</span>
        <span role="columnheader" className={styles.when}>
          When
        </span>
      </div>
    </div>
  );
}
