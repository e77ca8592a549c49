import { classes } from './classes';
import styles from './severity-mark.module.css';

const LEVELS = ['low', 'medium', 'high', 'critical'];

/** A severity as bars, of which as many are filled as it is high, and its word. */
export function SeverityMark({ level }: { level: string }) {
  const rank = LEVELS.indexOf(level);
  return (
    <span className={classes(styles.mark, styles[LEVELS[rank] ?? 'low'])}>
      <svg width="13" height="11" viewBox="0 0 13 11" aria-hidden>
        {LEVELS.map((one, bar) => (
          <rect
            key={one}
            x={bar * 3.4}
            y={8 - bar * 2.4}
            width="2.4"
            height={3 + bar * 2.4}
            rx="0.6"
            fill="currentColor"
            opacity={bar <= rank ? 1 : 0.22}
          />
        ))}
      </svg>
      {level}
    </span>
  );
}
