import { createHash } from 'node:crypto';
import { FieldRules, wordsFor } from './field-rules';
import { isProtected } from './protected-events';
import type { ProtectableEvents } from './protected-events';
import { fieldOf, ruleKeys } from './rule';
import type { IdentifiedRule, RuleSubject } from './rule';

/** The exclusion rules in force. It never changes: other rules are another set. */
export interface RuleSet {
  /** The id of the first rule that excludes the event, undefined when it is to be stored. */
  excludedBy: (subject: RuleSubject) => string | undefined;
  /** What the set says, as it is recorded beside the hash. */
  content: {
    rules: readonly IdentifiedRule[];
    protectedEvents: readonly ProtectableEvents[];
  };
  /** SHA-256 of `content`. */
  hash: Uint8Array;
}

/**
 * Compiles rules: patterns within a rule all have to match, one rule is enough.
 *
 * @example
 * const rules = createRuleSet([{ id, rule: { actorId: 'plugin:*', eventId: 'entity-fetch' } }], ['critical']);
 * rules.excludedBy(subjectOf(event));
 */
export function createRuleSet(
  rules: readonly IdentifiedRule[],
  protectedEvents: readonly ProtectableEvents[],
): RuleSet {
  const fields = ruleKeys
    .filter((key) => rules.some(({ rule }) => rule[key] !== undefined))
    .map((key) => new FieldRules(key, rules));
  const left = new Int32Array(wordsFor(rules.length));
  const content = { rules, protectedEvents };

  /** The number of the first rule that no field speaks against, -1 when there is none. */
  function firstMatch(subject: RuleSubject): number {
    if (rules.length === 0) return -1;
    left.fill(-1);
    for (const field of fields)
      if (!field.narrow(left, fieldOf(subject, field.key))) return -1;
    return firstBit(left);
  }

  return {
    excludedBy(subject) {
      const match = rules[firstMatch(subject)];
      return match && !isProtected(subject, protectedEvents)
        ? match.id
        : undefined;
    },
    content,
    hash: createHash('sha256').update(JSON.stringify(content)).digest(),
  };
}

function firstBit(bits: Int32Array): number {
  const word = bits.findIndex((value) => value !== 0);
  const value = bits[word]!;
  return word * 32 + 31 - Math.clz32(value & -value);
}
