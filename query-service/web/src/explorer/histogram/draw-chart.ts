import uPlot from 'uplot';
import { shortCount } from '../../text/count';
import type { Zone } from '../../time/print-time';
import { axisLabels } from './axis-labels';
import { seriesColor } from './series-colors';
import type { Stacked } from './stack-series';

/** Half of a bar that was only clicked, not dragged over, in pixels. */
const CLICK_PX = 4;
const HEIGHT_PX = 116;
/** Room for the counts at the left, and at the right end. */
const COUNTS_PX = 44;
const END_PX = 8;

export interface ChartOptions {
  zone: Zone;
  bucketMs: number;
  /** Totals of the range before, to be drawn as a line. */
  before?: number[] | undefined;
  /** A part of the chart was dragged over or clicked, in milliseconds since 1970. */
  onSelect: (startMs: number, endMs: number) => void;
}

/** Draws the bars of a histogram. @returns the chart, to be destroyed when another takes its place */
export function drawChart(
  host: HTMLElement,
  { times, names, tops }: Stacked,
  { zone, bucketMs, before, onSelect }: ChartOptions,
): uPlot {
  const style = getComputedStyle(host);
  const probe = document.createElement('i');
  host.append(probe);
  /** Canvas knows no `light-dark()`: the browser says what a property comes to. */
  const color = (property: string) => {
    probe.style.color = `var(${property})`;
    return getComputedStyle(probe).color;
  };
  const bars = uPlot.paths.bars!({ size: [0.86, 60], align: 1, radius: 0.06 });
  const axis = {
    stroke: color('--text-muted'),
    font: `11px ${style.fontFamily}`,
    grid: { stroke: color('--border'), width: 1 },
    ticks: { show: false },
  };
  const text = new Intl.DateTimeFormat('en-GB', {
    ...(zone === 'utc' && { timeZone: 'UTC' }),
    hourCycle: 'h23',
    ...(bucketMs >= 6 * 3_600_000
      ? { day: '2-digit', month: 'short' }
      : { hour: '2-digit', minute: '2-digit' }),
    ...(bucketMs < 60_000 && { second: '2-digit' }),
    ...(bucketMs >= 900_000 && bucketMs < 6 * 3_600_000
      ? { day: '2-digit', month: 'short' }
      : {}),
  });
  const first = times[0] ?? 0;
  const last = (times.at(-1) ?? 0) + bucketMs / 1_000;
  const width = Math.max(host.clientWidth, 100);
  const lengthPx = width - COUNTS_PX - END_PX;
  const options: uPlot.Options = {
    width,
    height: HEIGHT_PX,
    padding: [6, END_PX, 0, 0],
    legend: { show: false },
    // Ticks at the round times of the zone that is shown.
    ...(zone === 'utc' && {
      tzDate: (second) => uPlot.tzDate(new Date(second * 1_000), 'Etc/UTC'),
    }),
    cursor: {
      y: false,
      points: { show: false },
      drag: { x: true, y: false, setScale: false },
    },
    scales: {
      x: { time: true, range: [first, last] },
      y: { range: (_chart, _min, max) => [0, Math.max(max, 4)] },
    },
    axes: [
      {
        ...axis,
        space: 110,
        size: 26,
        gap: 6,
        values: (_chart, splits) =>
          axisLabels(splits, { first, last, lengthPx }, (second) =>
            text.format(second * 1_000),
          ),
      },
      {
        ...axis,
        size: COUNTS_PX,
        gap: 4,
        space: 28,
        values: (_chart, splits) =>
          splits.map((value) =>
            Number.isInteger(value) ? shortCount(value) : '',
          ),
      },
    ],
    series: [
      {},
      // The highest first: those below are drawn over it.
      ...names.toReversed().map((name, index) => {
        const fill = color(seriesColor(name, names.length - 1 - index));
        return {
          label: name,
          stroke: fill,
          fill,
          width: 0,
          paths: bars,
          points: { show: false },
        };
      }),
      ...(before
        ? [
            {
              label: 'before',
              stroke: color('--text'),
              width: 1.5,
              dash: [4, 3],
              points: { show: false },
            },
          ]
        : []),
    ],
    hooks: {
      setSelect: [
        (chart) => {
          const { left, width } = chart.select;
          const ms = (px: number) => chart.posToVal(px, 'x') * 1_000;
          if (width >= CLICK_PX) onSelect(ms(left), ms(left + width));
        },
      ],
      ready: [
        (chart) =>
          chart.over.addEventListener('click', ({ offsetX }) => {
            if (chart.select.width >= CLICK_PX) return;
            const clicked = chart.posToVal(offsetX, 'x');
            const start = times.findLast((time) => time <= clicked);
            if (start !== undefined)
              onSelect(start * 1_000, start * 1_000 + bucketMs - 1);
          }),
      ],
    },
  };
  const data = [times, ...tops.toReversed(), ...(before ? [before] : [])];
  const chart = new uPlot(options, data as uPlot.AlignedData, host);
  probe.remove();
  return chart;
}
