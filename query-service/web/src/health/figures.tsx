import type { ReactNode } from 'react';
import type { Stats } from '../api/health';
import { bytes } from '../text/bytes';
import { count } from '../text/count';
import { printDuration } from '../time/print-time';
import { TimeAgo } from '../time/time-ago';
import styles from './health.module.css';

/** The state of the store in a few figures. */
export function Figures({ stats }: { stats: Stats }) {
  const { p50, p99 } = stats.lag_ms;
  const figures: [string, ReactNode, string][] = [
    ['Events stored', count(stats.events), 'exactly'],
    ['Database', bytes(stats.database_bytes), 'all of it, on the disk'],
    [
      'Event to commit, half',
      p50 === null ? 'no events' : printDuration(p50),
      'in the last ten minutes',
    ],
    [
      'Event to commit, 99 of 100',
      p99 === null ? 'no events' : printDuration(p99),
      'in the last ten minutes',
    ],
    [
      'Last event recorded',
      stats.last_recorded_at ? (
        <TimeAgo key="last" time={stats.last_recorded_at} />
      ) : (
        'never'
      ),
      'the log records its own reading too',
    ],
    [
      'Waiting to be shown',
      count(stats.waiting_batches),
      'batches that are committed, and which the live tail cannot show yet',
    ],
  ];
  return (
    <dl className={styles.figures}>
      {figures.map(([name, value, more]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className={styles.figure}>{value}</dd>
          <dd className={styles.more}>{more}</dd>
        </div>
      ))}
    </dl>
  );
}
