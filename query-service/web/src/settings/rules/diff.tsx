import { classes } from '../../components/classes';
import { lineDiff } from '../../text/line-diff';
import styles from './rules.module.css';

const SIGNS = { same: '  ', added: '+ ', removed: '- ' } as const;

/** How one text became another, line by line. */
export function Diff({ before, after }: { before: string; after: string }) {
  return (
    <pre className={styles.diff} tabIndex={0} aria-label="Changed lines">
      {lineDiff(before.trimEnd(), after.trimEnd()).map(
        ({ change, text }, i) => (
          <span
            key={i}
            className={classes(
              change === 'added' && styles.added,
              change === 'removed' && styles.removed,
            )}
          >
            {SIGNS[change]}
            {text}
          </span>
        ),
      )}
    </pre>
  );
}
