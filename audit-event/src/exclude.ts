export { checkRule, writtenRule } from './exclude/check-rule';
export type { CheckedRule } from './exclude/check-rule';
export { compileGlob } from './exclude/glob';
export type { Glob } from './exclude/glob';
export { globPrefixes } from './exclude/glob-prefixes';
export { MAX_RULES, parseRules, RULES_KEY } from './exclude/parse-rules';
export type { ParsedRules } from './exclude/parse-rules';
export { protectableEvents } from './exclude/protected-events';
export type { ProtectableEvents } from './exclude/protected-events';
export { ruleIdOf, ruleKeys, subjectOf } from './exclude/rule';
export type {
  IdentifiedRule,
  Rule,
  RuleKey,
  RuleSubject,
} from './exclude/rule';
export { ruleLines } from './exclude/rule-lines';
export type { RuleLines } from './exclude/rule-lines';
export { createRuleSet } from './exclude/rule-set';
export type { RuleSet } from './exclude/rule-set';
