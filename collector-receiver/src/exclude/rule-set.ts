import { createHash } from 'node:crypto';
import type { AuditEvent } from 'audit-event';
import { compileGlob } from './glob';
import type { Glob } from './glob';
import { isProtected } from './protected-events';
import type { ProtectableEvents } from './protected-events';
import { ruleFields, ruleKeys } from './rule';
import type { IdentifiedRule, RuleKey } from './rule';

/** Pairs of actor and event whose matching rules are remembered, and the longest pair that is. */
const CACHE_SIZE = 10_000;
const CACHED_LENGTH = 512;

/** The exclusion rules in force. It never changes: other rules are another set. */
export interface RuleSet {
  /** The id of the first rule that excludes the event, undefined when it is to be stored. */
  excludedBy: (event: AuditEvent) => string | undefined;
  /** What the set says, as it is recorded beside the hash. */
  content: {
    rules: readonly IdentifiedRule[];
    protectedEvents: readonly ProtectableEvents[];
  };
  /** SHA-256 of `content`. */
  hash: Uint8Array;
}

interface CompiledRule {
  id: string;
  /** Whether actor and event match, which is decided once per pair. */
  matchesPair: (event: AuditEvent) => boolean;
  /** The other patterns. */
  matchesRest: (event: AuditEvent) => boolean;
}

/**
 * Compiles rules: patterns within a rule all have to match, one rule is enough.
 *
 * @example
 * const rules = createRuleSet([{ id, rule: { actorId: 'plugin:*', eventId: 'entity-fetch' } }], ['critical']);
 * rules.excludedBy(event);
 */
export function createRuleSet(
  rules: readonly IdentifiedRule[],
  protectedEvents: readonly ProtectableEvents[],
): RuleSet {
  const compiled = rules.map(compileRule);
  const rulesOfPair = new Map<string, CompiledRule[]>();
  const content = { rules, protectedEvents };

  function candidates(event: AuditEvent): CompiledRule[] {
    // No text of an event has U+0000: the decoders replace it.
    const pair = `${event.actor.id}\0${event.eventId}`;
    const known = rulesOfPair.get(pair);
    if (known) return known;
    const found = compiled.filter((rule) => rule.matchesPair(event));
    if (pair.length > CACHED_LENGTH) return found;
    if (rulesOfPair.size >= CACHE_SIZE) rulesOfPair.clear();
    rulesOfPair.set(pair, found);
    return found;
  }

  return {
    excludedBy(event) {
      const rule = candidates(event).find((one) => one.matchesRest(event));
      return rule && !isProtected(event, protectedEvents) ? rule.id : undefined;
    },
    content,
    hash: createHash('sha256').update(JSON.stringify(content)).digest(),
  };
}

function compileRule({ id, rule }: IdentifiedRule): CompiledRule {
  const isPair = (key: RuleKey) => key === 'actorId' || key === 'eventId';
  const patterns = ruleKeys.flatMap((key) => {
    const pattern = rule[key];
    return pattern === undefined ? [] : [{ key, glob: compileGlob(pattern) }];
  });
  const allOf = (some: { key: RuleKey; glob: Glob }[]) => (event: AuditEvent) =>
    some.every(({ key, glob }) => {
      const field = ruleFields[key](event);
      return field !== undefined && glob(field);
    });
  return {
    id,
    matchesPair: allOf(patterns.filter(({ key }) => isPair(key))),
    matchesRest: allOf(patterns.filter(({ key }) => !isPair(key))),
  };
}
