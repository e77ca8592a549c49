import { Link } from 'wouter';
import type { AuditEvent, FoundEvent } from '../api/types';
import { OutcomeMark } from '../components/outcome-mark';
import { Sentence } from '../explorer/list/sentence';
import { addressOf } from '../explorer/explorer-state';
import type { Explorer } from '../explorer/use-explorer';
import { EVERYTHING, exactly, withValue } from '../query/search';
import { subjectAddress } from '../subject/subject-address';
import { printDuration } from '../time/print-time';
import styles from './event-panel.module.css';

/** How far around an event "around it" reaches, in milliseconds. */
const AROUND_MS = 5 * 60_000;

/** Other events of the same operation and trace, and the ways to those of the same actor, entity and time. */
export function Related({
  found: { event, operation, trace },
  explorer,
}: {
  found: FoundEvent;
  explorer: Explorer;
}) {
  const ms = Date.parse(event.event_time);
  const around = { startMs: ms - AROUND_MS, endMs: ms + AROUND_MS };
  const of = (field: string, value: string) =>
    addressOf({
      search: withValue(EVERYTHING, field, exactly(value)),
      when: explorer.when,
      starts: true,
    });
  return (
    <>
      <Story
        title="The same operation"
        none="This is the only record of its operation."
        event={event}
        explorer={explorer}
        related={operation}
      />
      {event.trace_id !== null && (
        <Story
          title="The same trace"
          none="No other event has its trace."
          event={event}
          explorer={explorer}
          related={trace}
        />
      )}
      <section className={styles.section} aria-label="Further">
        <h3>Further</h3>
        <div className={styles.links}>
          <Link
            href={addressOf({ search: EVERYTHING, when: around, starts: true })}
          >
            All events five minutes before and after
          </Link>
          <Link href={of('actor_id', event.actor_id)}>
            Events of {event.actor_id}
          </Link>
          <Link href={subjectAddress('actor', event.actor_id)}>
            The page of {event.actor_id}
          </Link>
          {event.entity_ref !== null && (
            <>
              <Link href={of('entity_ref', event.entity_ref)}>
                Events on {event.entity_ref}
              </Link>
              <Link href={subjectAddress('entity', event.entity_ref)}>
                The page of {event.entity_ref}
              </Link>
            </>
          )}
        </div>
      </section>
    </>
  );
}

function Story({
  title,
  none,
  event,
  explorer,
  related,
}: {
  title: string;
  none: string;
  event: AuditEvent;
  explorer: Explorer;
  related: FoundEvent['operation'];
}) {
  const startMs = Date.parse(event.event_time);
  const all = [event, ...related.events].toSorted(
    (one, other) =>
      Date.parse(one.event_time) - Date.parse(other.event_time) ||
      Number(one.status !== 'initiated') - Number(other.status !== 'initiated'),
  );
  return (
    <section className={styles.section} aria-label={title}>
      <h3>{title}</h3>
      {related.events.length === 0 ? (
        <p className={styles.note}>{none}</p>
      ) : (
        <ol className={styles.events}>
          {all.map((one) => (
            <li
              key={one.id}
              className={one.id === event.id ? styles.current : undefined}
            >
              <button
                type="button"
                className={styles.event}
                aria-current={one.id === event.id}
                onClick={() =>
                  explorer.change({
                    event: { id: one.id, time: one.event_time },
                  })
                }
              >
                <OutcomeMark event={one} />
                <span className={styles.note}>
                  {one.id === event.id
                    ? 'this event'
                    : offset(Date.parse(one.event_time) - startMs)}
                </span>
                <span>
                  <Sentence event={one} />
                </span>
              </button>
            </li>
          ))}
        </ol>
      )}
      {related.has_more && (
        <p className={styles.note}>
          The nearest 100 are shown; there are more.
        </p>
      )}
    </section>
  );
}

/** How much earlier or later than the event that is shown. */
function offset(ms: number): string {
  if (ms === 0) return 'at the same time';
  return `${printDuration(Math.abs(ms))} ${ms < 0 ? 'earlier' : 'later'}`;
}
