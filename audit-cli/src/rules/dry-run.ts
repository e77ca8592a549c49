import type { Api } from '../api/api';
import { readJson } from '../api/read-json';
import type { ListedEvent } from '../event';
import type { Rule } from './rule';

export interface DryRunRequest {
  rules: readonly Rule[];
  protectedEvents?: unknown;
  days?: number | undefined;
}

/** What rules would have kept out. */
export interface DryRun {
  /** Whether all of the time asked for was looked at. */
  complete: boolean;
  from: string;
  to: string;
  scanned: number;
  excluded: number;
  by_severity: Record<string, number>;
  by_status: Record<string, number>;
  by_rule: { rule: Rule; excluded: number }[];
  warnings: string[];
  samples: ListedEvent[];
}

/** Tries rules on the events of the last days; nothing changes. */
export async function dryRun(
  api: Api,
  { rules, protectedEvents, days }: DryRunRequest,
): Promise<DryRun> {
  const answer = await api.ask('/rules/dry-run', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ excludeRules: rules, protectedEvents, days }),
  });
  return readJson<DryRun>(answer);
}

/** Whether rules would have kept out an event that nobody calls noise: of severity high or critical, or of something that failed. */
export function dropsWhatMatters({ by_severity, by_status }: DryRun): boolean {
  const counts = [
    by_severity['high'],
    by_severity['critical'],
    by_status['failed'],
  ];
  return counts.some((count = 0) => count > 0);
}
