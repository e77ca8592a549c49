import { createRuleSet, ruleKeys } from 'audit-event/exclude';
import type {
  IdentifiedRule,
  ProtectableEvents,
  Rule,
  RuleSet,
  RuleSubject,
} from 'audit-event/exclude';
import { eventsAt, scanEvents } from 'audit-event/store';
import type { EventPlace, EventRowV1, Queryable } from 'audit-event/store';
import { warningsOf } from './warnings';

/** Events of one statement: they fit the memory that Postgres gives a statement by default. */
const PAGE_SIZE = 20_000;
/** After so many milliseconds the rest of the time is left alone, and that is said. */
const BUDGET_MS = 8_000;
const MAX_SAMPLES = 10;
/** Events of ten microseconds, among which samples are looked for. */
const MAX_AT_TIMES = 1_000;

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
  const times = new Set<string>();
  const protectable = { grave: 0, failed: 0 };
  let scanned = 0;
  let excluded = 0;
  let before: EventPlace | undefined;
  let complete = false;

  const giveUpAt = performance.now() + budgetMs;
  do {
    const range = { startMs, endMs, before, limit: pageSize };
    const { groups, count: rows, last } = await scanEvents(db, keys, range);
    for (const { subject, count, time } of groups) {
      const rule = set.excludedBy(subject);
      if (rule === undefined) continue;
      const { severityLevel, status } = subject;
      excluded += count;
      add(bySeverity, severityLevel, count);
      add(byStatus, status, count);
      excludedBy.set(rule, excludedBy.get(rule)! + count);
      if (/^(high|critical)$/.test(severityLevel)) protectable.grave += count;
      if (status === 'failed') protectable.failed += count;
      if (times.size < MAX_SAMPLES) times.add(time);
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
    samples: await samplesOf(db, set, [...times]),
  };
}

/** Excluded events of these times, at which there may be others too. */
async function samplesOf(
  db: Queryable,
  set: RuleSet,
  times: readonly string[],
): Promise<EventRowV1[]> {
  const events = await eventsAt(db, times, MAX_AT_TIMES);
  return events
    .filter((event) => set.excludedBy(subjectOfRow(event)) !== undefined)
    .slice(0, MAX_SAMPLES);
}

function subjectOfRow(event: EventRowV1): RuleSubject {
  return {
    actorId: event.actor_id,
    eventId: event.event_id,
    pluginId: event.plugin_id,
    severityLevel: event.severity_level,
    status: event.status,
    actionType: event.action_type ?? undefined,
    queryType: event.query_type ?? undefined,
    requestMethod: event.request_method ?? undefined,
    requestPath: event.request_url ?? undefined,
  };
}

function add(
  counts: Record<string, number>,
  name: string,
  count: number,
): void {
  counts[name] = (counts[name] ?? 0) + count;
}
