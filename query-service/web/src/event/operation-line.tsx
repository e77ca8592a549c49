import { ArrowRight, CircleHelp } from 'lucide-react';
import type { AuditEvent, FoundEvent } from '../api/types';
import { OutcomeMark } from '../components/outcome-mark';
import { SeverityMark } from '../components/severity-mark';
import type { Explorer } from '../explorer/use-explorer';
import { printDuration } from '../time/print-time';
import styles from './event-panel.module.css';
import { operationOf } from './operation-times';

/** The operation as one: how it began, what became of it, and how long that took; each record of it is a click away. */
export function OperationLine({
  found,
  explorer,
}: {
  found: FoundEvent;
  explorer: Explorer;
}) {
  const { event } = found;
  const { began, ended, tookMs } = operationOf(found);
  return (
    <p className={styles.marks}>
      {began && ended ? (
        <>
          <Record of={began} shown={event} explorer={explorer} />
          <ArrowRight size={13} aria-label="and then" />
          <Record of={ended} shown={event} explorer={explorer} />
        </>
      ) : (
        <OutcomeMark event={event} />
      )}
      {tookMs !== undefined && <span>took {printDuration(tookMs)}</span>}
      {!ended && (
        <span className={styles.unfinished}>
          <CircleHelp size={14} aria-hidden /> no outcome so far
        </span>
      )}
      <SeverityMark level={event.severity_level} />
    </p>
  );
}

/** The record that is not shown is a button that shows it. */
function Record({
  of,
  shown,
  explorer,
}: {
  of: AuditEvent;
  shown: AuditEvent;
  explorer: Explorer;
}) {
  if (of.id === shown.id) return <OutcomeMark event={of} />;
  return (
    <button
      type="button"
      className={styles.record}
      onClick={() =>
        explorer.change({ event: { id: of.id, time: of.event_time } })
      }
    >
      <OutcomeMark event={of} />
    </button>
  );
}
