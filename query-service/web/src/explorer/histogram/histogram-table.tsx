import type { Histogram } from '../../api/types';
import { Button } from '../../components/button';
import { usePreferences } from '../../preferences';
import { count } from '../../text/count';
import { printTime } from '../../time/print-time';
import styles from './histogram.module.css';
import { intervalMs } from './interval-ms';

/** The same as the bars as a table: for screen readers and keyboards, and for exact numbers. */
export function HistogramTable({
  histogram,
  onSelect,
}: {
  histogram: Histogram;
  onSelect: (startMs: number, endMs: number) => void;
}) {
  const { zone } = usePreferences();
  const { buckets, values, interval } = histogram;
  const shown = values.filter((value) =>
    buckets.some(({ counts }) => (counts[value] ?? 0) > 0),
  );
  return (
    <div
      className={styles.scroll}
      tabIndex={0}
      role="region"
      aria-label="Events over time as a table"
    >
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col">Events</th>
            {shown.map((value) => (
              <th key={value} scope="col">
                {value}
              </th>
            ))}
            <th scope="col">
              <span className="visually-hidden">Zoom</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {buckets
            .filter(({ total }) => total > 0)
            .map(({ start, total, counts }) => (
              <tr key={start}>
                <th scope="row">{printTime(start, zone)}</th>
                <td>{count(total)}</td>
                {shown.map((value) => (
                  <td key={value}>{count(counts[value] ?? 0)}</td>
                ))}
                <td>
                  <Button
                    look="quiet"
                    aria-label={`Zoom to ${printTime(start, zone)}`}
                    onPress={() => {
                      const ms = Date.parse(start);
                      onSelect(ms, ms + intervalMs(interval) - 1);
                    }}
                  >
                    Zoom
                  </Button>
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}
