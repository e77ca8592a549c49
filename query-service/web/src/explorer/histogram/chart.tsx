import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import 'uplot/dist/uPlot.min.css';
import type { Histogram } from '../../api/types';
import { usePreferences } from '../../preferences';
import { drawChart } from './draw-chart';
import { intervalMs } from './interval-ms';
import { stackSeries } from './stack-series';

/** The bars, drawn anew when what they show, their place or the theme changes. */
export function Chart({
  histogram,
  before,
  onSelect,
}: {
  histogram: Histogram;
  /** Totals of the range before, one for each bucket. */
  before?: number[] | undefined;
  onSelect: (startMs: number, endMs: number) => void;
}) {
  const host = useRef<HTMLDivElement>(null);
  const { zone, theme } = usePreferences();
  const [width, setWidth] = useState(0);
  const [isDark, setDark] = useState(prefersDark().matches);
  const select = useRef(onSelect);
  useEffect(() => {
    select.current = onSelect;
  });

  // Its width is known, and it is drawn, in the frame that first has a place for it.
  useLayoutEffect(() => {
    setWidth(host.current!.clientWidth);
    const sizes = new ResizeObserver(([entry]) =>
      setWidth(Math.round(entry!.contentRect.width)),
    );
    sizes.observe(host.current!);
    const dark = prefersDark();
    const onDark = () => setDark(dark.matches);
    dark.addEventListener('change', onDark);
    return () => {
      sizes.disconnect();
      dark.removeEventListener('change', onDark);
    };
  }, []);

  useLayoutEffect(() => {
    if (width === 0) return undefined;
    const stacked = stackSeries(histogram);
    const chart = drawChart(host.current!, stacked, {
      zone,
      bucketMs: intervalMs(histogram.interval),
      before,
      onSelect: (startMs, endMs) => select.current(startMs, endMs),
    });
    return () => chart.destroy();
    // The chart takes its width and colours from the page, which these change.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [histogram, before, zone, width, theme, isDark]);

  return <div ref={host} aria-hidden style={{ minHeight: 116 }} data-chart />;
}

function prefersDark(): MediaQueryList {
  return matchMedia('(prefers-color-scheme: dark)');
}
