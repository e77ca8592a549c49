import { useMemo, useState } from 'react';
import { useHistogram } from '../../api/events';
import { Button } from '../../components/button';
import { Select } from '../../components/select';
import { count, counted } from '../../text/count';
import { paramsOfRange, rangeBefore } from '../../time/range';
import { stackings } from '../explorer-state';
import type { Stacking } from '../explorer-state';
import type { Explorer } from '../use-explorer';
import { alignBefore } from './align-before';
import { Chart } from './chart';
import { HistogramTable } from './histogram-table';
import styles from './histogram.module.css';
import { intervalMs } from './interval-ms';
import { seriesColor } from './series-colors';
import { stackSeries } from './stack-series';

/** How many events there were over time: bars to drag over, a legend, and the same as a table. */
export function EventsOverTime({ explorer }: { explorer: Explorer }) {
  const { params, filters, range, by, compare, change } = explorer;
  const [isTable, setTable] = useState(false);
  const { data, error, isPlaceholderData } = useHistogram([
    ...params,
    ['by', by],
  ]);
  const interval = data?.interval ?? '';
  const earlier = rangeBefore(range);
  const before = useHistogram(
    [...filters, ...paramsOfRange(earlier), ['interval', interval]],
    // Not before the length of the buckets is known that are shown for this range.
    compare && interval !== '' && !isPlaceholderData,
  );
  const zoom = (startMs: number, endMs: number) =>
    change({
      when: { startMs: Math.round(startMs), endMs: Math.round(endMs) },
    });
  const compared =
    compare && !isPlaceholderData && !before.isPlaceholderData
      ? before.data
      : undefined;
  const shiftMs = range.startMs - earlier.startMs;
  const totals = useMemo(
    () =>
      data &&
      compared &&
      alignBefore(
        data.buckets,
        compared.buckets,
        shiftMs,
        intervalMs(data.interval),
      ),
    [data, compared, shiftMs],
  );

  return (
    <section className={styles.section} aria-label="Events over time">
      <header className={styles.head}>
        <p className={styles.total} role="status">
          {error
            ? `The histogram could not be read: ${error.message}`
            : data
              ? counted(data.total, 'event')
              : 'Counting'}
          {data && compared && (
            <span className={styles.before}>
              {difference(data.total, compared.total)}
            </span>
          )}
        </p>
        {data && (
          <ul className={styles.legend}>
            {stackSeries(data).names.map((name, index) => (
              <li key={name}>
                <i style={{ background: `var(${seriesColor(name, index)})` }} />
                {name}
              </li>
            ))}
          </ul>
        )}
        <div className={styles.tools}>
          <Select
            label="Stacked by"
            isLabelHidden
            options={Object.entries(stackings) as [Stacking, string][]}
            value={by}
            onChange={(next) => change({ by: next })}
          />
          <Button
            look="quiet"
            aria-pressed={compare}
            onPress={() => change({ compare: !compare })}
          >
            Compare
          </Button>
          <Button
            look="quiet"
            aria-pressed={isTable}
            onPress={() => setTable(!isTable)}
          >
            Table
          </Button>
        </div>
      </header>
      {data && !isTable && (
        <Chart histogram={data} before={totals} onSelect={zoom} />
      )}
      {data && isTable && <HistogramTable histogram={data} onSelect={zoom} />}
    </section>
  );
}

/** How a total compares with that of the range before. */
function difference(now: number, before: number): string {
  const more = now - before;
  if (more === 0) return `, as many as in the range before`;
  return `, ${count(Math.abs(more))} ${more > 0 ? 'more' : 'fewer'} than in the range before (${count(before)})`;
}
