import { isMap, isNode, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { checkRule } from './check-rule';
import { ruleIdOf } from './rule';
import type { IdentifiedRule } from './rule';

/** The key of the configuration file that holds the rules. */
export const RULES_KEY = 'excludeRules';

export type ParsedRules =
  | { status: 'valid'; rules: IdentifiedRule[] }
  /** Where and why, such as `line 4: unknown key "actor": ...`. */
  | { status: 'invalid'; reason: string };

/**
 * Reads `excludeRules` out of a YAML file; other keys are not its business. All rules are good or none is taken.
 *
 * @example
 * parseRules('excludeRules:\n  - { actorId: "plugin:*", eventId: entity-fetch }\n');
 */
export function parseRules(yaml: string): ParsedRules {
  const lines = new LineCounter();
  const document = parseDocument(yaml, {
    lineCounter: lines,
    prettyErrors: false,
  });
  const lineOf = (node: unknown) =>
    isNode(node) && node.range
      ? `line ${lines.linePos(node.range[0]).line}: `
      : '';
  const [error] = document.errors;
  if (error)
    return {
      status: 'invalid',
      reason: `line ${lines.linePos(error.pos[0]).line}: cannot parse the file as YAML: ${error.message}`,
    };
  if (document.contents !== null && !isMap(document.contents))
    return {
      status: 'invalid',
      reason: `${lineOf(document.contents)}expected a file of keys and values such as ${RULES_KEY}`,
    };
  const list = ruleList(document);
  if (list === undefined) return { status: 'valid', rules: [] };
  if (!isSeq(list))
    return {
      status: 'invalid',
      reason: `${lineOf(list)}expected ${RULES_KEY} to be a list of rules`,
    };
  const rules: IdentifiedRule[] = [];
  for (const [i, item] of list.items.entries()) {
    const checked = checkRule(isNode(item) ? item.toJS(document) : item);
    if (checked.status === 'invalid') {
      const culprit =
        checked.at === undefined
          ? undefined
          : document.getIn([RULES_KEY, i, checked.at], true);
      return {
        status: 'invalid',
        reason: `${lineOf(culprit) || lineOf(item)}${checked.reason}`,
      };
    }
    rules.push({ id: ruleIdOf(checked.rule), rule: checked.rule });
  }
  return { status: 'valid', rules };
}

/** The node under the key, undefined when there is nothing under it. */
function ruleList(document: Document): unknown {
  if (document.contents === null) return undefined;
  const list = document.get(RULES_KEY, true);
  const isEmpty = isNode(list) && list.toJS(document) === null;
  return isEmpty ? undefined : list;
}
