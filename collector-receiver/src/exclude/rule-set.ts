import { createHash } from 'node:crypto';
import { compileFieldRules } from './field-rules';
import { isProtected } from './protected-events';
import type { ProtectableEvents } from './protected-events';
import { ruleFields, ruleKeys } from './rule';
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
    .map((key) => ({
      valueOf: ruleFields[key],
      rulesOf: compileFieldRules(key, rules),
    }));
  const left = new Int32Array(Math.ceil(rules.length / 32));
  const content = { rules, protectedEvents };

  /** The number of the first rule that no field speaks against, -1 when there is none. */
  function firstMatch(subject: RuleSubject): number {
    if (rules.length === 0) return -1;
    left.fill(-1);
    for (let i = 0; i < fields.length; i++) {
      const { valueOf, rulesOf } = fields[i]!;
      if (!keepCommon(left, rulesOf(valueOf(subject)))) return -1;
    }
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

/** Takes from a set what is not in the other too. @returns whether anything is left */
function keepCommon(set: Int32Array, other: Int32Array): boolean {
  let any = 0;
  for (let i = 0; i < set.length; i++) any |= set[i]! &= other[i]!;
  return any !== 0;
}

function firstBit(bits: Int32Array): number {
  const word = bits.findIndex((value) => value !== 0);
  const value = bits[word]!;
  return word * 32 + 31 - Math.clz32(value & -value);
}
