import { Link } from 'wouter';
import type { AuditEvent } from '../api/types';
import { OutcomeMark } from '../components/outcome-mark';
import { Sentence } from '../explorer/list/sentence';
import { addressOf } from '../explorer/explorer-state';
import { usePreferences } from '../preferences';
import { printDay } from '../time/print-time';
import { TimeAgo } from '../time/time-ago';
import styles from './subject.module.css';

/** Events by day, the newest first, each a link to itself in the explorer. */
export function History({ events }: { events: readonly AuditEvent[] }) {
  const { zone } = usePreferences();
  if (events.length === 0)
    return <p className={styles.note}>Nothing in this time.</p>;
  const days = Map.groupBy(events, ({ event_time: time }) =>
    printDay(time, zone),
  );
  return [...days].map(([day, ofDay]) => (
    <div key={day}>
      <h3 className={styles.day}>{day}</h3>
      <ol>
        {ofDay.map((event) => (
          <li key={event.id} className={styles.event}>
            <OutcomeMark event={event} />
            <Link
              className={styles.sentence}
              href={addressOf({
                event: { id: event.id, time: event.event_time },
              })}
            >
              <Sentence event={event} />
            </Link>
            <TimeAgo time={event.event_time} />
          </li>
        ))}
      </ol>
    </div>
  ));
}
