import { useQueries } from '@tanstack/react-query';
import { apiPath, useFacets } from '../api/events';
import type { Params } from '../api/events';
import { request } from '../api/request';
import type { EventsPage } from '../api/types';
import { Skeleton } from '../components/skeleton';
import { exactly } from '../query/search';
import { TimeAgo } from '../time/time-ago';
import styles from './subject.module.css';

/** Of so many kinds of events the first is looked for. */
const MOST = 12;

/** What was done for the first time in this range, the latest first. */
export function FirstSeen({ params }: { params: Params }) {
  const { data, error } = useFacets(params, ['event_id'], { limit: MOST });
  const kinds = (data?.event_id.values ?? []).flatMap(({ value }) =>
    value ? [value] : [],
  );
  const {
    firsts,
    isPending,
    error: failed,
  } = useQueries({
    queries: kinds.map((kind) => ({
      queryKey: ['first', kind, params],
      queryFn: async () =>
        (
          await request<EventsPage>(
            apiPath('events', [
              ...params,
              ['event_id', exactly(kind)],
              ['order', 'oldest'],
              ['limit', '1'],
            ]),
          )
        ).body.data,
    })),
    combine: (results) => ({
      firsts: results
        .flatMap((result) => result.data ?? [])
        .toSorted((one, other) =>
          other.event_time.localeCompare(one.event_time),
        ),
      isPending: results.some((result) => result.isPending),
      error: results.find((result) => result.error)?.error,
    }),
  });
  const problem = error ?? failed;
  return (
    <section aria-label="First seen" className={styles.card}>
      <h2>First seen</h2>
      <p className={styles.note}>
        When each of the {MOST} most frequent events first occurred in this
        time, the latest first
      </p>
      {problem && <p className={styles.note}>{problem.message}</p>}
      {!problem && firsts.length === 0 && (!data || isPending) && (
        <Skeleton lines={5} />
      )}
      <ul>
        {firsts.map((event) => (
          <li key={event.id} className={styles.count}>
            <span>
              {event.event_id}{' '}
              <span className={styles.note}>in {event.plugin_id}</span>
            </span>
            <TimeAgo time={event.event_time} />
          </li>
        ))}
      </ul>
    </section>
  );
}
