import { createRuleSet, ruleKeys } from 'audit-event/exclude';
import type {
  IdentifiedRule,
  ProtectableEvents,
  Rule,
  RuleKey,
  RuleSubject,
} from 'audit-event/exclude';
import {
  countSubjects,
  countSubjectsIn,
  isCountedKey,
  newestOf,
  readSubjects,
  wholeOrNewest,
} from 'audit-event/store';
import type { EventRowV1, Queryable, SubjectGroup } from 'audit-event/store';
import { narrowingOf } from './narrowing-of';
import { warningsOf } from './warnings';

/** After so many milliseconds the rest of the events is left alone, and that is said. */
const BUDGET_MS = 1_500;
/** Of this in one go; an index that finds an actor has to be gone through anew for each part of the time. */
const WHOLE_SHARE = 0.8;
const MAX_SAMPLES = 10;
/** Kinds of events of which there are samples, and how long looking for these may take. */
const MAX_SAMPLED = 10;
const SAMPLES_MS = 300;

export interface DryRunOptions {
  startMs: number;
  endMs: number;
  /** As in the file of the receivers. */
  protectedEvents: readonly ProtectableEvents[];
  /** Milliseconds; tests have less. */
  budgetMs?: number | undefined;
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
 * The answer is exact for the time that it says it has looked at. Rules over what is counted by the hour are tried on these
 * counts, others on the events.
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
  const { startMs, endMs, protectedEvents } = options;
  const set = createRuleSet(rules, protectedEvents);
  const keys = ruleKeys.filter((key) =>
    rules.some(({ rule }) => rule[key] !== undefined),
  );
  const { groups, fromMs, scanned } = await groupsOf(db, rules, keys, options);
  const excludedBy = new Map(rules.map(({ id }) => [id, 0]));
  const bySeverity: Record<string, number> = {};
  const byStatus: Record<string, number> = {};
  const samples = new Map<string, RuleSubject>();
  let excluded = 0;

  for (const { subject, count } of groups) {
    const rule = set.excludedBy(subject);
    if (rule === undefined) continue;
    excluded += count;
    add(bySeverity, subject.severityLevel, count);
    add(byStatus, subject.status, count);
    excludedBy.set(rule, excludedBy.get(rule)! + count);
    if (samples.size < MAX_SAMPLED)
      samples.set(JSON.stringify(subject), subject);
  }

  const complete = fromMs <= startMs;
  const from = new Date(complete ? startMs : fromMs).toISOString();
  const grave = (bySeverity['high'] ?? 0) + (bySeverity['critical'] ?? 0);
  const failed = byStatus['failed'] ?? 0;
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
    warnings: warningsOf(rules, { complete, from, grave, failed }),
    samples: await newestOf(
      db,
      [...samples.values()],
      keys,
      { startMs: fromMs, endMs },
      { limit: MAX_SAMPLES, ms: SAMPLES_MS },
    ),
  };
}

interface Groups {
  groups: SubjectGroup[];
  /** Milliseconds since 1970 from which on all was looked at. */
  fromMs: number;
  /** Events since then. */
  scanned: number;
}

/** The events of a range, as rules that look at these keys tell them apart; those are left out that no rule can meet. */
async function groupsOf(
  db: Queryable,
  rules: readonly IdentifiedRule[],
  keys: readonly RuleKey[],
  { startMs, endMs, protectedEvents, budgetMs = BUDGET_MS }: DryRunOptions,
): Promise<Groups> {
  const range = { startMs, endMs };
  if (keys.every(isCountedKey)) {
    const groups = await countSubjects(db, keys, range);
    groups.sort((a, b) => b.count - a.count);
    return { groups, fromMs: startMs, scanned: sum(groups) };
  }
  const kinds = await countSubjects(db, [...keys, 'eventId'], range);
  const narrowing = narrowingOf(rules, protectedEvents, kinds);
  const { results, fromMs } = await wholeOrNewest(
    db,
    range,
    {
      wholeMs: budgetMs * WHOLE_SHARE,
      slicesMs: budgetMs * (1 - WHOLE_SHARE),
    },
    (part) => readSubjects(db, keys, part, narrowing),
  );
  const isAll = fromMs <= startMs;
  return {
    // A kind of event may be in several parts, those of the newest first.
    groups: results.flat(),
    fromMs,
    scanned: isAll
      ? sum(kinds)
      : await countSubjectsIn(db, { startMs: fromMs, endMs }),
  };
}

function sum(groups: readonly SubjectGroup[]): number {
  return groups.reduce((all, { count }) => all + count, 0);
}

function add(
  counts: Record<string, number>,
  name: string,
  count: number,
): void {
  counts[name] = (counts[name] ?? 0) + count;
}
