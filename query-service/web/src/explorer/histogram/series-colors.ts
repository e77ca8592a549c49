/** Custom properties for values whose meaning has a colour. */
const OF_VALUE: Readonly<Record<string, string>> = {
  succeeded: '--succeeded',
  failed: '--failed',
  initiated: '--initiated',
  low: '--low',
  medium: '--medium',
  high: '--high',
  critical: '--critical',
};

const OTHERS = [
  '--series-1',
  '--series-2',
  '--series-3',
  '--series-4',
  '--series-5',
  '--series-6',
];

/** The custom property with the colour of a series. */
export function seriesColor(value: string, index: number): string {
  return OF_VALUE[value] ?? OTHERS[index % OTHERS.length]!;
}
