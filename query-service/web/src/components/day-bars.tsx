import { count } from '../text/count';
import styles from './day-bars.module.css';

const DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1_000;
const HEIGHT = 24;
const STEP = 4;

/** Counts of the last thirty days (UTC) as bars, the latest at the right; screen readers get them in words. */
export function DayBars({
  what,
  counts,
  nowMs,
}: {
  what: string;
  counts: readonly { day: string; count: number }[];
  nowMs: number;
}) {
  const byDay = new Map(counts.map((one) => [one.day, one.count]));
  const highest = Math.max(1, ...byDay.values());
  const bars = Array.from({ length: DAYS }, (_, i) => {
    const day = new Date(nowMs - (DAYS - 1 - i) * DAY_MS)
      .toISOString()
      .slice(0, 10);
    return { day, value: byDay.get(day) ?? 0 };
  });
  const said = bars
    .filter(({ value }) => value > 0)
    .map(({ day, value }) => `${day}: ${count(value)}`);
  const label = `${what} by day, last ${DAYS} days: ${said.join(', ') || 'none'}`;
  return (
    <svg
      className={styles.bars}
      viewBox={`0 0 ${DAYS * STEP} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <line x1="0" x2={DAYS * STEP} y1={HEIGHT} y2={HEIGHT} />
      {bars.map(({ day, value }, i) => (
        <rect
          key={day}
          x={i * STEP}
          width={STEP - 1}
          height={value && Math.max(2, (value / highest) * HEIGHT)}
          y={HEIGHT - (value && Math.max(2, (value / highest) * HEIGHT))}
        >
          <title>{`${day}: ${count(value)}`}</title>
        </rect>
      ))}
    </svg>
  );
}
