import { Copy, Filter, FilterX } from 'lucide-react';
import type { ReactNode } from 'react';
import { classes } from '../components/classes';
import { copyText } from '../components/copy-button';
import { labelOf } from '../query/fields';
import { exactly, isFilterable, withValue } from '../query/search';
import type { Explorer } from '../explorer/use-explorer';
import styles from './field-row.module.css';

/** A field of an event with its value, and what can be done with it: filter for it, filter it out, copy it. */
export function FieldRow({
  field,
  label = labelOf(field),
  value,
  isMono = false,
  explorer,
  children,
}: {
  /** As the API filters by it; one that it does not filter by can be copied only. */
  field: string;
  label?: string | undefined;
  value: string | null | undefined;
  isMono?: boolean | undefined;
  explorer: Explorer;
  /** The value as it is shown, where that is not its text. */
  children?: ReactNode;
}) {
  if (value === null || value === undefined) return null;
  const { search, change } = explorer;
  const filter = (isNegated: boolean) =>
    change({ search: withValue(search, field, exactly(value), isNegated) });
  return (
    <div className={styles.field}>
      <dt>{label}</dt>
      <dd className={classes(isMono && styles.mono)}>{children ?? value}</dd>
      <dd className={styles.tools}>
        {isFilterable(field) && value !== '' && (
          <>
            <button
              type="button"
              className={styles.tool}
              aria-label={`Filter for ${label} ${value}`}
              onClick={() => filter(false)}
            >
              <Filter size={13} aria-hidden />
            </button>
            <button
              type="button"
              className={styles.tool}
              aria-label={`Filter out ${label} ${value}`}
              onClick={() => filter(true)}
            >
              <FilterX size={13} aria-hidden />
            </button>
          </>
        )}
        <button
          type="button"
          className={styles.tool}
          aria-label={`Copy ${label} ${value}`}
          onClick={() => void copyText(value)}
        >
          <Copy size={13} aria-hidden />
        </button>
      </dd>
    </div>
  );
}
