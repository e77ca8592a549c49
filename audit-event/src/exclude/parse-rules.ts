import { isMap, isNode, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { checkRule } from './check-rule';
import { ruleIdOf } from './rule';
import type { IdentifiedRule } from './rule';

/** The key of the configuration file that holds the rules. */
export const RULES_KEY = 'excludeRules';

/** What each value of a field may meet is remembered for all rules: a thousand take 12 MB a key. */
export const MAX_RULES = 1_000;

export type ParsedRules =
  | { status: 'valid'; rules: IdentifiedRule[] }
  /** Where and why, such as `line 4: unknown key "actor": ...`. */
  | { status: 'invalid'; reason: string };

export interface ParseOptions {
  /** The text has to hold rules, and nothing else: a misspelt key must not pass for "no rules". */
  rulesOnly?: boolean | undefined;
}

/**
 * Reads `excludeRules` out of YAML; unless told so, other keys are not its business. All rules are good or none is taken.
 *
 * @example
 * parseRules('excludeRules:\n  - { actorId: "plugin:*", eventId: entity-fetch }\n');
 */
export function parseRules(
  yaml: string,
  { rulesOnly = false }: ParseOptions = {},
): ParsedRules {
  try {
    return parse(yaml, rulesOnly);
  } catch (error) {
    // What the parser gives up on: nested too deep, or aliases that would unfold to too much.
    return invalid(
      `cannot parse the file as YAML: ${(error as Error).message}`,
    );
  }
}

function parse(yaml: string, rulesOnly: boolean): ParsedRules {
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
    return invalid(
      `line ${lines.linePos(error.pos[0]).line}: cannot parse the file as YAML: ${error.message}`,
    );
  if (document.contents !== null && !isMap(document.contents))
    return invalid(
      `${lineOf(document.contents)}expected a file of keys and values such as ${RULES_KEY}`,
    );
  const strange = rulesOnly ? otherKey(document) : undefined;
  if (strange !== undefined)
    return invalid(`${lineOf(strange)}expected no key but ${RULES_KEY}`);
  const list = ruleList(document);
  if (list === undefined && rulesOnly)
    return invalid(
      `line 1: expected ${RULES_KEY} with a list of rules; for none write "${RULES_KEY}: []"`,
    );
  if (list === undefined) return { status: 'valid', rules: [] };
  if (!isSeq(list))
    return invalid(
      `${lineOf(list)}expected ${RULES_KEY} to be a list of rules`,
    );
  if (list.items.length > MAX_RULES)
    return invalid(
      `${lineOf(list)}expected at most ${MAX_RULES} rules, got ${list.items.length}`,
    );
  const rules: IdentifiedRule[] = [];
  for (const [i, item] of list.items.entries()) {
    const checked = checkRule(isNode(item) ? item.toJS(document) : item);
    if (checked.status === 'invalid') {
      const culprit =
        checked.at === undefined
          ? undefined
          : document.getIn([RULES_KEY, i, checked.at], true);
      return invalid(`${lineOf(culprit) || lineOf(item)}${checked.reason}`);
    }
    rules.push({ id: ruleIdOf(checked.rule), rule: checked.rule });
  }
  return { status: 'valid', rules };
}

/** The first key beside the rules. */
function otherKey({ contents }: Document): unknown {
  if (!isMap(contents)) return undefined;
  return contents.items.find(({ key }) => String(key) !== RULES_KEY)?.key;
}

/** The node under the key, undefined when there is nothing under it. */
function ruleList(document: Document): unknown {
  if (document.contents === null) return undefined;
  const list = document.get(RULES_KEY, true);
  const isEmpty = isNode(list) && list.toJS(document) === null;
  return isEmpty ? undefined : list;
}

function invalid(reason: string): ParsedRules {
  return { status: 'invalid', reason };
}
