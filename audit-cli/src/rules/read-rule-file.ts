import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { wrongUsage } from '../failure';
import type { Rule } from './rule';

/** A file with `excludeRules`, as the receivers read it. What the rules may say is for the service to judge. */
export interface RuleFile {
  text: string;
  rules: Rule[];
  /** As it stands there, if it does. */
  protectedEvents: unknown;
}

/**
 * @throws Failure wrong usage when it cannot be read, is no YAML, or has no list of rules
 * @example
 * readRuleFile('rules.yaml').rules; // [{ actorId: 'plugin:*', eventId: 'entity-fetch' }]
 */
export function readRuleFile(path: string): RuleFile {
  let text: string;
  let content: unknown;
  try {
    text = readFileSync(path, 'utf8');
    content = parse(text);
  } catch (error) {
    throw wrongUsage(
      `cannot read the rules in ${path}: ${(error as Error).message.split('\n')[0]}`,
      error,
    );
  }
  const { excludeRules, protectedEvents } = (content ?? {}) as {
    excludeRules?: unknown;
    protectedEvents?: unknown;
  };
  if (!Array.isArray(excludeRules) || !excludeRules.every(isMapping))
    throw wrongUsage(
      `${path} must have excludeRules with a list of rules, each with keys such as actorId and eventId; "excludeRules: []" is none`,
    );
  return { text, rules: excludeRules, protectedEvents };
}

function isMapping(value: unknown): value is Rule {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
