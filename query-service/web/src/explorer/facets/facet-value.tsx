import { Check, Minus } from 'lucide-react';
import type { FieldName } from '../../api/types';
import { classes } from '../../components/classes';
import {
  exactly,
  hasValue,
  withOnly,
  withoutValue,
  withValue,
} from '../../query/search';
import type { Search } from '../../query/search';
import { count as printCount } from '../../text/count';
import type { Explorer } from '../use-explorer';
import styles from './facets.module.css';

/** One value: a click includes it or takes it back; beside it, only this and none of this. */
export function FacetValue({
  field,
  value,
  count,
  share,
  explorer: { search, change },
}: {
  field: FieldName;
  value: string | null;
  count: number;
  /** Of the most frequent value, for the bar. */
  share: number;
  explorer: Explorer;
}) {
  // No value is a question of its own to the API: has the event this field?
  const [name, text, isAbsence] =
    value === null ? ['has', field, true] : [field, exactly(value), false];
  const isIn = hasValue(search, name, text, isAbsence);
  const isOut = hasValue(search, name, text, !isAbsence);
  const set = (next: Search) => change({ search: next });
  const shown = value ?? '(none)';
  return (
    <li className={styles.value}>
      <button
        type="button"
        className={classes(styles.toggle, isOut && styles.out)}
        aria-pressed={isIn}
        onClick={() =>
          set(
            isIn || isOut
              ? withoutValue(search, name, text, isIn ? isAbsence : !isAbsence)
              : withValue(search, name, text, isAbsence),
          )
        }
      >
        <span className={styles.box} aria-hidden>
          {isIn && <Check size={11} />}
          {isOut && <Minus size={11} />}
        </span>
        <span className={styles.name}>{shown}</span>{' '}
        <span className={styles.count}>{printCount(count)}</span>
        {isOut && <span className="visually-hidden">, excluded</span>}
        <span
          className={styles.bar}
          style={{ width: `${share * 100}%` }}
          aria-hidden
        />
      </button>
      <span className={styles.actions}>
        {value !== null && (
          <button
            type="button"
            className={styles.action}
            aria-label={`Only ${shown}`}
            onClick={() => set(withOnly(search, name, text))}
          >
            only
          </button>
        )}
        <button
          type="button"
          className={styles.action}
          aria-label={`Exclude ${shown}`}
          onClick={() => set(withValue(search, name, text, !isAbsence))}
        >
          not
        </button>
      </span>
    </li>
  );
}
