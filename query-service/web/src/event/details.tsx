import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { AuditEvent, FoundEvent } from '../api/types';
import type { Explorer } from '../explorer/use-explorer';
import { usePreferences } from '../preferences';
import { subjectAddress } from '../subject/subject-address';
import { printDuration, printExactTime } from '../time/print-time';
import { Changes } from './changes';
import styles from './event-panel.module.css';
import { FieldRow } from './field-row';
import fields from './field-row.module.css';
import { MetaTree } from './meta-tree';
import { changesOf } from './changes-of';
import { operationOf } from './operation-times';

/** Who did it, what, where and when, and all else that is known, each field with what can be done with it. */
export function Details({
  found,
  explorer,
}: {
  found: FoundEvent;
  explorer: Explorer;
}) {
  const { zone } = usePreferences();
  const { event } = found;
  const { began, ended, tookMs: took } = operationOf(found);
  const isBoth = began !== undefined && ended !== undefined;
  const skewMs = Date.parse(event.recorded_at) - Date.parse(event.event_time);
  const row = (field: keyof typeof event, isMono = false) => {
    const value = event[field];
    return (
      <FieldRow
        field={field}
        value={
          typeof value === 'number' ? String(value) : (value as string | null)
        }
        isMono={isMono}
        explorer={explorer}
      />
    );
  };
  const changed = changesOf(event.meta);
  return (
    <>
      <Section title="Who">
        <FieldRow field="actor_id" value={event.actor_id} explorer={explorer}>
          <Link href={subjectAddress('actor', event.actor_id)}>
            {event.actor_id}
          </Link>
        </FieldRow>
        {row('actor_type')}
        {row('initiator_id')}
        {row('client_address', true)}
        {row('user_agent')}
      </Section>
      <Section title="What">
        {row('event_id')}
        {row('plugin_id')}
        {row('action_type')}
        {row('query_type')}
        {event.entity_ref !== null && (
          <FieldRow
            field="entity_ref"
            value={event.entity_ref}
            explorer={explorer}
          >
            <Link href={subjectAddress('entity', event.entity_ref)}>
              {event.entity_ref}
            </Link>
          </FieldRow>
        )}
        {row('severity_level')}
        {row('status')}
        {row('outcome_reason')}
        {row('error_type')}
        {row('error_message')}
        {event.error_stack !== null && (
          <FieldRow
            field="error_stack"
            value={event.error_stack}
            explorer={explorer}
          >
            <details className={styles.fold}>
              <summary>Show</summary>
              <pre className={styles.raw}>{event.error_stack}</pre>
            </details>
          </FieldRow>
        )}
      </Section>
      <Section title="When">
        {isBoth && event === ended && <OtherTime event={began} />}
        <FieldRow
          field="event_time"
          label={!isBoth ? 'Happened' : event === began ? 'Began' : 'Ended'}
          value={event.event_time_exact}
          explorer={explorer}
        >
          {printExactTime(event.event_time, zone)}
        </FieldRow>
        {isBoth && event === began && <OtherTime event={ended} />}
        <FieldRow
          field="recorded_at"
          label="Recorded"
          value={event.recorded_at}
          explorer={explorer}
        >
          {printExactTime(event.recorded_at, zone)}{' '}
          <span className={styles.note}>
            ({printDuration(Math.abs(skewMs))} {skewMs < 0 ? 'before' : 'after'}{' '}
            it happened)
          </span>
        </FieldRow>
        {took !== undefined && (
          <FieldRow
            field="duration"
            label="Took"
            value={printDuration(took)}
            explorer={explorer}
          />
        )}
      </Section>
      {event.request_method !== null || event.request_url !== null ? (
        <Section title="Request">
          {row('request_method')}
          {row('request_url', true)}
          {row('request_query', true)}
          {row('request_host')}
        </Section>
      ) : null}
      {changed && (
        <section className={styles.section} aria-label="Before and after">
          <h3>Before and after</h3>
          <Changes changed={changed} />
        </section>
      )}
      {Object.keys(event.meta).length > 0 && (
        <Section title="Meta">
          <MetaTree value={event.meta} path={[]} explorer={explorer} />
        </Section>
      )}
      <Section title="Where it comes from">
        {row('id', true)}
        {row('operation_id', true)}
        {row('trace_id', true)}
        {row('span_id', true)}
        {row('stream_id', true)}
        {row('stream_seq')}
        {event.flags?.map((flag) => (
          <FieldRow key={flag} field="flags" value={flag} explorer={explorer} />
        ))}
      </Section>
    </>
  );
}

/** When the operation began, of its outcome; when it ended, of its beginning. */
function OtherTime({ event }: { event: AuditEvent }) {
  const { zone } = usePreferences();
  return (
    <div className={fields.field}>
      <dt>{event.status === 'initiated' ? 'Began' : 'Ended'}</dt>
      <dd>{printExactTime(event.event_time, zone)}</dd>
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.section} aria-label={title}>
      <h3>{title}</h3>
      <dl>{children}</dl>
    </section>
  );
}
