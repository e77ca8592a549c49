import styles from './skeleton.module.css';

/** Lines in the place of what is still being fetched. */
export function Skeleton({ lines = 3, label = 'Loading' }) {
  return (
    <div className={styles.skeleton} role="status" aria-label={label}>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className={styles.line} />
      ))}
    </div>
  );
}
