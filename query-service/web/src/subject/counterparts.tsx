import { Link } from 'wouter';
import { useFacets } from '../api/events';
import type { Params } from '../api/events';
import type { Facet, FieldName } from '../api/types';
import { Skeleton } from '../components/skeleton';
import { labelOf } from '../query/fields';
import { count } from '../text/count';
import { subjectAddress } from './subject-address';
import type { Kind } from './subject-address';
import styles from './subject.module.css';

/** What is told of each: of an actor what they did to what, of an entity who did what. */
const FIELDS = {
  actor: ['entity_ref', 'event_id', 'plugin_id', 'client_address'],
  entity: ['actor_id', 'event_id', 'plugin_id', 'action_type'],
} as const satisfies Record<Kind, readonly FieldName[]>;

const MOST = 6;

/** With whom or what, how often. */
export function Counterparts({ kind, params }: { kind: Kind; params: Params }) {
  const { data, error } = useFacets<FieldName>(params, FIELDS[kind], {
    limit: MOST,
  });
  return (
    <section aria-label="Most frequent" className={styles.card}>
      <h2>Most frequent</h2>
      {error && <p className={styles.note}>{error.message}</p>}
      {!data && !error && <Skeleton lines={5} />}
      <div className={styles.lists}>
        {FIELDS[kind].map((field) => (
          <Values key={field} field={field} facet={data?.[field]} />
        ))}
      </div>
    </section>
  );
}

function Values({
  field,
  facet,
}: {
  field: FieldName;
  facet: Facet | undefined;
}) {
  const values = facet?.values.filter(({ value }) => value !== null) ?? [];
  if (values.length === 0) return null;
  return (
    <div>
      <h3 className={styles.day}>
        {labelOf(field)}
        {facet?.coverage === 'sampled' && ' (of the newest 50,000 events)'}
      </h3>
      <ul>
        {values.map(({ value, count: times }) => (
          <li key={value} className={styles.count}>
            <span>
              <Named field={field} value={value!} />
            </span>
            <span>{count(times)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Named({ field, value }: { field: FieldName; value: string }) {
  if (field === 'actor_id')
    return <Link href={subjectAddress('actor', value)}>{value}</Link>;
  if (field === 'entity_ref')
    return <Link href={subjectAddress('entity', value)}>{value}</Link>;
  return value;
}
