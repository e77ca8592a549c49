import { printJson } from '../api/json';
import type { AuditEventDetail } from '../api/types';
import styles from './event-panel.module.css';

/** The event as the API has it, with what came by OTLP and could not be put elsewhere. */
export function RawRecord({ event }: { event: AuditEventDetail }) {
  return (
    <pre className={styles.raw} tabIndex={0} aria-label="Raw record">
      {printJson(event)}
    </pre>
  );
}
