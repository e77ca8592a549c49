import { severityLevels, statuses } from '../audit-event';
import { isJsonObject } from '../json';
import { kindOf } from '../kind-of';
import { OWN_PLUGIN_ID } from '../stream-events';
import { ruleKeys } from './rule';
import type { Rule, RuleKey } from './rule';

/** Bounds of one pattern, so that no rule can burn the CPU. */
export const patternLimits = { length: 256, stars: 8 } as const;

/** Says that a rule without a literal character is meant. */
const ACKNOWLEDGE = 'acknowledgeBroad';

const WORDS: { [key in RuleKey]?: readonly string[] } = {
  severityLevel: severityLevels,
  status: statuses,
};

/** `at` is the key that is wrong, where it is one. */
export type CheckedRule =
  | { status: 'valid'; rule: Rule }
  | { status: 'invalid'; reason: string; at?: string | undefined };

/**
 * Checks one exclusion rule as it stands in the file or the database.
 *
 * @example
 * checkRule({ actorId: 'plugin:*', eventId: 'entity-fetch' }); // { status: 'valid', rule: ... }
 * checkRule({ actor: 'x' }); // { status: 'invalid', reason: 'unknown key "actor": expected ...', at: 'actor' }
 */
export function checkRule(value: unknown): CheckedRule {
  if (!isJsonObject(value))
    return invalid(
      `expected a rule such as { actorId: ..., eventId: ... }, got ${kindOf(value)}`,
    );
  for (const [key, pattern] of Object.entries(value)) {
    const reason = wrongWith(key, pattern);
    if (reason !== undefined) return invalid(reason, key);
  }
  const rule: Rule = {};
  for (const key of ruleKeys)
    if (value[key] !== undefined) rule[key] = value[key] as string;
  if (Object.keys(rule).length === 0)
    return invalid(
      `expected at least one of ${ruleKeys.join(', ')}: an empty rule would exclude every event`,
    );
  if (isBroad(rule) && value[ACKNOWLEDGE] !== true)
    return invalid(
      `the rule has no letter or digit, so it would exclude nearly every event: add "${ACKNOWLEDGE}: true" if that is meant`,
    );
  return { status: 'valid', rule };
}

/**
 * A rule that was checked, as it is to be written for the next one who checks it.
 *
 * @example
 * writtenRule({ actorId: '*' }); // { actorId: '*', acknowledgeBroad: true }
 */
export function writtenRule(rule: Rule): Record<string, string | true> {
  const patterns = Object.entries(rule).filter(([, value]) => value);
  return {
    ...(Object.fromEntries(patterns) as Record<string, string>),
    ...(isBroad(rule) && { [ACKNOWLEDGE]: true as const }),
  };
}

function isBroad(rule: Rule): boolean {
  return !Object.values(rule).some((pattern) =>
    /[\p{L}\p{N}]/u.test(pattern ?? ''),
  );
}

function wrongWith(key: string, pattern: unknown): string | undefined {
  if (key === ACKNOWLEDGE && pattern === true) return undefined;
  if (key === ACKNOWLEDGE)
    return `expected ${key} to be true or absent, got ${typeof pattern === 'string' ? shown(pattern) : kindOf(pattern)}`;
  if (!ruleKeys.includes(key as RuleKey))
    return `unknown key ${shown(key)}: expected one of ${ruleKeys.join(', ')}`;
  if (typeof pattern !== 'string')
    return `expected ${key} to be a string, got ${kindOf(pattern)}: put it in quotes`;
  if (pattern === '')
    return `expected ${key} to be a pattern, got an empty string`;
  if (pattern.length > patternLimits.length)
    return `expected ${key} to have at most ${patternLimits.length} characters, got ${pattern.length}`;
  // No text in Postgres holds them, so no event has them either.
  if (pattern.includes('\0') || !pattern.isWellFormed())
    return `expected ${key} to be text without U+0000 and lone surrogates`;
  const stars = pattern.split('*').length - 1;
  if (stars > patternLimits.stars)
    return `expected ${key} to have at most ${patternLimits.stars} stars, got ${stars}`;
  if (key === 'pluginId' && pattern === OWN_PLUGIN_ID)
    return `events of the audit log itself (pluginId ${OWN_PLUGIN_ID}) cannot be excluded`;
  const words = WORDS[key as RuleKey];
  if (words && !/[*?]/.test(pattern) && !words.includes(pattern))
    return `expected ${key} to be one of ${words.join(', ')} or a pattern, got ${shown(pattern)}`;
  return undefined;
}

function invalid(reason: string, at?: string): CheckedRule {
  return { status: 'invalid', reason, at };
}

/** A stranger's text in a message. */
function shown(text: string): string {
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}...` : text);
}
