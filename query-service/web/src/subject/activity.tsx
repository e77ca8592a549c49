import { useHistogram } from '../api/events';
import type { Params } from '../api/events';
import { Skeleton } from '../components/skeleton';
import { usePreferences } from '../preferences';
import { count, counted } from '../text/count';
import { days, heatOf, levelOf } from './heat';
import styles from './subject.module.css';

/** The longest range whose hours the API counts one by one, in days: 5,000 buckets. */
const HOURLY_DAYS = 200;

/** When something happened, by the day of the week and the hour, as a table whose cells are shaded. */
export function Activity({ params, asOf }: { params: Params; asOf: number }) {
  const { zone } = usePreferences();
  const startMs = Date.parse(
    params.find(([name]) => name === 'start_time')?.[1] ?? '',
  );
  const isHourly = asOf - startMs <= HOURLY_DAYS * 86_400_000;
  const { data, error } = useHistogram(
    [...params, ['interval', isHourly ? '1h' : '12h']],
    isHourly,
  );
  if (!isHourly)
    return (
      <p className={styles.note}>
        Hours are shown for up to {HOURLY_DAYS} days; choose a shorter time.
      </p>
    );
  if (error) return <p className={styles.note}>{error.message}</p>;
  if (!data) return <Skeleton lines={5} />;
  const heat = heatOf(data.buckets, zone);
  const most = Math.max(...heat.flat());
  return (
    <section aria-label="Activity" className={styles.card}>
      <h2>Activity</h2>
      <p className={styles.note}>
        {counted(data.total, 'event')}, by day of the week and hour (
        {zone === 'utc' ? 'UTC' : 'local time'})
      </p>
      <div
        className={styles.scroll}
        tabIndex={0}
        role="region"
        aria-label="Activity by hour"
      >
        <table className={styles.heat}>
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">Day</span>
              </th>
              {heat[0]!.map((_value, hour) => (
                <th key={hour} scope="col">
                  {String(hour).padStart(2, '0')}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {heat.map((hours, day) => (
              <tr key={days[day]}>
                <th scope="row">{days[day]}</th>
                {hours.map((value, hour) => (
                  <td key={hour} data-level={levelOf(value, most)}>
                    {value === 0 ? (
                      <span className="visually-hidden">0</span>
                    ) : (
                      count(value)
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
