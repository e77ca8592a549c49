/** The lengths that the API's intervals have, in milliseconds. */
const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** How long a bucket is: `15m` is 900,000 milliseconds. */
export function intervalMs(interval: string): number {
  const unit = UNITS[interval.at(-1) as keyof typeof UNITS];
  return Number.parseInt(interval, 10) * unit;
}
