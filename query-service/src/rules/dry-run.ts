import { createRuleSet, ruleKeys } from 'audit-event/exclude';
import type {
  IdentifiedRule,
  ProtectableEvents,
  Rule,
} from 'audit-event/exclude';
import { eventsAt, scanEvents } from 'audit-event/store';
import type { EventPlace, EventRowV1, Queryable } from 'audit-event/store';
import { warningsOf } from './warnings';

/** Events of one statement: 50 ms of work for the database. */
const PAGE_SIZE = 50_000;
/** After so many milliseconds the rest of the time is left alone, and that is said. */
const BUDGET_MS = 8_000;
const MAX_SAMPLES = 10;

export interface DryRunOptions {
  startMs: number;
  endMs: number;
  /** As in the file of the receivers. */
  protectedEvents: readonly ProtectableEvents[];
  /** Milliseconds; tests have less. */
  budgetMs?: number | undefined;
  pageSize?: number | undefined;
}

/** What rules would have kept out of the events that are stored. */
export interface DryRun {
  /** Whether all of the time asked for was looked at. */
  complete: boolean;
  /** The time that was looked at. */
  from: string;
  to: string;
  scanned: number;
  excluded: number;
  by_severity: Record<string, number>;
  by_status: Record<string, number>;
  by_rule: { id: string; rule: Rule; excluded: number }[];
  warnings: string[];
  samples: EventRowV1[];
}

/**
 * Tries rules on the events that are stored, with the code by which receivers apply them, from the newest event on.
 * The answer is exact for the time that it says it has looked at.
 *
 * @param db in a transaction that sees one moment
 * @example
 * await dryRun(db, [{ id, rule: { actorId: 'plugin:*' } }], { startMs, endMs, protectedEvents: [] });
 */
export async function dryRun(
  db: Queryable,
  rules: readonly IdentifiedRule[],
  options: DryRunOptions,
): Promise<DryRun> {
  const {
    startMs,
    endMs,
    budgetMs = BUDGET_MS,
    pageSize = PAGE_SIZE,
  } = options;
  const set = createRuleSet(rules, options.protectedEvents);
  const keys = ruleKeys.filter((key) =>
    rules.some(({ rule }) => rule[key] !== undefined),
  );
  const excludedBy = new Map(rules.map(({ id }) => [id, 0]));
  const bySeverity: Record<string, number> = {};
  const byStatus: Record<string, number> = {};
  const samples: EventPlace[] = [];
  const protectable = { grave: 0, failed: 0 };
  let scanned = 0;
  let excluded = 0;
  let before: EventPlace | undefined;
  let complete = false;

  const giveUpAt = performance.now() + budgetMs;
  do {
    const range = { startMs, endMs, before, limit: pageSize };
    const { groups, count: rows, last } = await scanEvents(db, keys, range);
    for (const { subject, count, sample } of groups) {
      const rule = set.excludedBy(subject);
      if (rule === undefined) continue;
      const { severityLevel, status } = subject;
      excluded += count;
      add(bySeverity, severityLevel, count);
      add(byStatus, status, count);
      excludedBy.set(rule, excludedBy.get(rule)! + count);
      if (/^(high|critical)$/.test(severityLevel)) protectable.grave += count;
      if (status === 'failed') protectable.failed += count;
      if (samples.length < MAX_SAMPLES) samples.push(sample);
    }
    scanned += rows;
    before = last ?? before;
    complete = rows < pageSize;
  } while (!complete && performance.now() < giveUpAt);

  const from = complete ? new Date(startMs).toISOString() : before!.time;
  return {
    complete,
    from,
    to: new Date(endMs).toISOString(),
    scanned,
    excluded,
    by_severity: bySeverity,
    by_status: byStatus,
    by_rule: rules.map(({ id, rule }) => ({
      id,
      rule,
      excluded: excludedBy.get(id)!,
    })),
    warnings: warningsOf(rules, { complete, from, ...protectable }),
    samples: await eventsAt(db, samples),
  };
}

function add(
  counts: Record<string, number>,
  name: string,
  count: number,
): void {
  counts[name] = (counts[name] ?? 0) + count;
}
