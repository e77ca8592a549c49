import { Inbox } from 'lucide-react';
import { useState } from 'react';
import { CopyButton } from '../../components/copy-button';
import { EmptyState } from '../../components/empty-state';
import styles from './first-event.module.css';

/** The receiver's usual port for OTLP over HTTP. */
const RECEIVER_PORT = 4318;

/** How to send the first event, for a log that has none. */
export function FirstEvent() {
  const [now] = useState(Date.now);
  const line = firstEventLine(location.hostname, now);
  return (
    <EmptyState icon={<Inbox />} title="The log has no events yet">
      <p>
        Send one to the receiver, on port {RECEIVER_PORT} unless that was set
        otherwise, and refresh:
      </p>
      <div className={styles.line}>
        <pre tabIndex={0}>{line}</pre>
        <CopyButton text={line} label="Copy the line" />
      </div>
      <p>
        Or start with <code>npm run demo</code>, which sends what a real
        Backstage backend wrote.
      </p>
    </EmptyState>
  );
}

/** A line for a shell that sends one event as OTLP/JSON. */
function firstEventLine(host: string, nowMs: number): string {
  const attribute = (key: string, value: string) => ({
    key,
    value: { stringValue: value },
  });
  const record = {
    timeUnixNano: `${nowMs}000000`,
    attributes: [
      attribute('audit.plugin.id', 'hello'),
      attribute('audit.event.id', 'first-event'),
      attribute('audit.status', 'succeeded'),
      attribute('audit.severity', 'low'),
      attribute('audit.actor.type', 'user'),
      attribute('audit.actor.id', 'user:default/me'),
    ],
  };
  const body = JSON.stringify({
    resourceLogs: [{ scopeLogs: [{ logRecords: [record] }] }],
  });
  return `curl http://${host}:${RECEIVER_PORT}/v1/logs -H 'Content-Type: application/json' -d '${body}'`;
}
