import { X } from 'lucide-react';
import { classes } from '../components/classes';
import { formatFilter } from '../query/format-line';
import { EVERYTHING, isEverything } from '../query/search';
import type { Filter, Search } from '../query/search';
import styles from './chips.module.css';

/** The filters as chips, each of which can be taken away or turned round. */
export function Chips({
  search,
  onSearch,
}: {
  search: Search;
  onSearch: (search: Search) => void;
}) {
  if (isEverything(search)) return null;
  const without = (filter: Filter): Search => ({
    ...search,
    filters: search.filters.filter((one) => one !== filter),
  });
  const turned = (filter: Filter): Search => ({
    ...search,
    filters: search.filters.map((one) =>
      one === filter ? { ...one, isNegated: !one.isNegated } : one,
    ),
  });
  return (
    <ul className={styles.chips} aria-label="Filters">
      {search.filters.map((filter) => {
        const text = formatFilter(filter);
        return (
          <li
            key={`${filter.isNegated ? '-' : ''}${filter.field}`}
            className={classes(styles.chip, filter.isNegated && styles.not)}
          >
            <button
              type="button"
              className={styles.text}
              aria-label={`${text}: turn round`}
              onClick={() => onSearch(turned(filter))}
            >
              {text}
            </button>
            <button
              type="button"
              className={styles.remove}
              aria-label={`Remove ${text}`}
              onClick={() => onSearch(without(filter))}
            >
              <X size={12} aria-hidden />
            </button>
          </li>
        );
      })}
      {search.terms.map((term, index) => (
        <li key={`${index} ${term}`} className={styles.chip}>
          <span className={styles.text}>&ldquo;{term}&rdquo;</span>
          <button
            type="button"
            className={styles.remove}
            aria-label={`Remove ${term}`}
            onClick={() =>
              onSearch({
                ...search,
                terms: search.terms.filter((_one, other) => other !== index),
              })
            }
          >
            <X size={12} aria-hidden />
          </button>
        </li>
      ))}
      <li>
        <button
          type="button"
          className={styles.clear}
          onClick={() => onSearch(EVERYTHING)}
        >
          Clear all
        </button>
      </li>
    </ul>
  );
}
