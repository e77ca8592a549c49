import type { Json } from '../../api/json';
import type { AuditEvent } from '../../api/types';
import { ruleLabel } from './rule-fields';

export interface RuleChange {
  sign: '+' | '-';
  /** The rule in a line. */
  rule: string;
}

/** What an event of the log says was done to the rules. */
export function changesOf({ meta }: Pick<AuditEvent, 'meta'>): RuleChange[] {
  return [
    ...[meta['before'], ...listOf(meta['deleted'])].flatMap(named('-')),
    ...[meta['after'], ...listOf(meta['created'])].flatMap(named('+')),
  ];
}

function named(sign: RuleChange['sign']) {
  return (entry: Json | undefined): RuleChange[] => {
    if (!isObject(entry) || !isObject(entry['rule'])) return [];
    return [{ sign, rule: ruleLabel(entry['rule']) }];
  };
}

function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
