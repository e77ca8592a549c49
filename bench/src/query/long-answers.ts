import { median } from '../in-turns';
import type { ServiceProcess } from './service-process';

const V2 = '/api/audit-log/v2';
const PAGE = 1_000;
/** So many pages behind the first one. */
const DEPTH = 30;
const SAMPLE_MS = 100;

/** What a page far behind costs, as a share of the second page, both by their cursors. */
export async function deepPageRatio(
  { ask }: ServiceProcess,
  runs: number,
): Promise<number> {
  const next = async (cursor: string, limit: number) =>
    JSON.parse((await ask(pageAt(cursor, limit))).text).next_cursor as string;
  const second = JSON.parse((await ask(`${V2}/events`)).text)
    .next_cursor as string;
  let deep = second;
  for (let page = 0; page < DEPTH; page++) deep = await next(deep, PAGE);
  const times = { second: [] as number[], deep: [] as number[] };
  for (let run = 0; run < runs; run++) {
    times.second.push((await ask(pageAt(second, 100))).ms);
    times.deep.push((await ask(pageAt(deep, 100))).ms);
  }
  return median(times.deep) / median(times.second);
}

const pageAt = (cursor: string, limit: number) =>
  `${V2}/events?limit=${limit}&cursor=${encodeURIComponent(cursor)}`;

/** How quick an export of the days up to yesterday is, and by how much the service's memory grows meanwhile. */
export async function timeExport(
  { drain, rssMb }: ServiceProcess,
  days: number,
): Promise<{ rowsPerS: number; rssGrowthMb: number }> {
  const at = (ago: number) =>
    new Date(Date.now() - ago * 86_400_000).toISOString();
  const before = rssMb();
  let highest = before;
  const timer = setInterval(() => {
    highest = Math.max(highest, rssMb());
  }, SAMPLE_MS);
  const { lines, ms } = await drain(
    `${V2}/export?format=ndjson&start_time=${at(days + 1)}&end_time=${at(1)}`,
  );
  clearInterval(timer);
  return { rowsPerS: lines / (ms / 1_000), rssGrowthMb: highest - before };
}

/** How long rules are tried on 30 days, and whether all of it was looked at. */
export async function timeDryRun({
  ask,
}: ServiceProcess): Promise<{ ms: number; isComplete: boolean }> {
  const { text, ms } = await ask(`${V2}/rules/dry-run`, {
    rule: { actorId: 'plugin:*', eventId: 'entity-*' },
    days: 30,
  });
  return { ms, isComplete: JSON.parse(text).complete as boolean };
}
