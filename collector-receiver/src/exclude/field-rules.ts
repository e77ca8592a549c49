import { compileGlob } from './glob';
import type { IdentifiedRule, RuleKey } from './rule';

/** Values of a field whose answer is remembered, and the longest that is, in UTF-16 units. */
const CACHE_SIZE = 10_000;
const CACHED_LENGTH = 256;

/** A set of rules as bits: rule 33 is bit 1 of the second number. */
export type RuleBits = Int32Array;

/** Which rules a field leaves possible, by the field's value: those whose pattern it matches, and those without one. */
export type FieldRules = (value: string | undefined) => RuleBits;

/**
 * Compiles what all rules say about one field. Each value is matched against the patterns once: a portal has a few
 * thousand actors and a few dozen events.
 *
 * @example
 * const possible = compileFieldRules('actorId', rules);
 * possible('plugin:catalog'); // the rules for plugin:catalog
 */
export function compileFieldRules(
  key: RuleKey,
  rules: readonly IdentifiedRule[],
): FieldRules {
  const globs = rules.map(({ rule }) => {
    const pattern = rule[key];
    return pattern === undefined ? undefined : compileGlob(pattern);
  });
  const ofAbsent = bitsOf(globs.map((glob) => glob === undefined));
  const cache = new Map<string, RuleBits>();
  return (value) => {
    if (value === undefined) return ofAbsent;
    const known = cache.get(value);
    if (known) return known;
    const bits = bitsOf(globs.map((glob) => glob?.(value) ?? true));
    if (value.length > CACHED_LENGTH) return bits;
    if (cache.size >= CACHE_SIZE) cache.clear();
    cache.set(value, bits);
    return bits;
  };
}

function bitsOf(flags: boolean[]): RuleBits {
  const bits = new Int32Array(Math.ceil(flags.length / 32));
  flags.forEach((flag, i) => {
    if (flag) bits[i >> 5]! |= 1 << (i & 31);
  });
  return bits;
}
