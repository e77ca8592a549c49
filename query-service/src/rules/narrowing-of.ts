import { createRuleSet, globPrefixes } from 'audit-event/exclude';
import type {
  IdentifiedRule,
  ProtectableEvents,
  RuleKey,
} from 'audit-event/exclude';
import type { Narrowing, SubjectGroup } from 'audit-event/store';

/** What the hourly counts do not tell. */
const READ_KEYS = ['actorId', 'requestPath'] as const;
/** More ways to begin than these help no index. */
const MAX_PREFIXES = 50;

/**
 * Which events have to be read to tell what rules exclude: all that these could exclude, by what the hourly counts and the
 * beginnings of patterns tell.
 *
 * @param kinds the events told apart by the counted keys of the rules and by `eventId`
 */
export function narrowingOf(
  rules: readonly IdentifiedRule[],
  protectedEvents: readonly ProtectableEvents[],
  kinds: readonly SubjectGroup[],
): Narrowing {
  const atMost = createRuleSet(
    rules.map(({ id, rule }) => ({
      id,
      rule: { ...rule, actorId: undefined, requestPath: undefined },
    })),
    protectedEvents,
  );
  const isPossible = ({ subject }: SubjectGroup) =>
    atMost.excludedBy(subject) !== undefined;
  const all = eventIdsOf(kinds);
  const possible = eventIdsOf(kinds.filter(isPossible));
  return {
    // An index is of no use for all that there are.
    eventIds: possible.length < all.length ? possible : undefined,
    prefixes: Object.fromEntries(
      READ_KEYS.map((key) => [key, prefixesOf(rules, key)]).filter(
        ([, ways]) => ways !== undefined,
      ),
    ),
  };
}

function eventIdsOf(kinds: readonly SubjectGroup[]): string[] {
  return [...new Set(kinds.map(({ subject }) => subject.eventId))];
}

/** How a field begins in all that any rule can match; undefined when there is no telling. */
function prefixesOf(
  rules: readonly IdentifiedRule[],
  key: RuleKey,
): string[] | undefined {
  const ways = rules.flatMap(({ rule }) => {
    const pattern = rule[key];
    return pattern === undefined ? [''] : globPrefixes(pattern);
  });
  const isOfUse = !ways.includes('') && ways.length <= MAX_PREFIXES;
  return isOfUse ? ways : undefined;
}
