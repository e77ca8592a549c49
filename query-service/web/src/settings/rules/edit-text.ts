import type { PlacedRule, WrittenRule } from '../../api/rules';
import { printRule } from './print-rule';

/** A text whose rules are known, as the API found them in it. */
export interface RulesInText {
  text: string;
  rules: readonly PlacedRule[];
}

/** A rule with what stands above it. */
export interface CommentedRule {
  rule: WrittenRule;
  comment: string | null;
}

const EMPTY = 'excludeRules: []';

/** Puts another rule in the place of one; its comment is that of the other. */
export function replaceRule(
  { text, rules }: RulesInText,
  index: number,
  by: CommentedRule,
): string {
  if (!isBlock(text, rules))
    return reprint(text, rules.with(index, { ...rules[index]!, ...by }));
  const { lines, from, to, indent } = placeOf(text, rules[index]!);
  lines.splice(from, to - from, printRule(by.rule, by.comment, indent));
  return lines.join('\n');
}

/** Adds a rule behind the last one. */
export function addRule(
  { text, rules }: RulesInText,
  added: CommentedRule,
): string {
  const last = rules.at(-1);
  if (!last || !isBlock(text, rules)) return reprint(text, [...rules, added]);
  const { lines, to, indent } = placeOf(text, last);
  lines.splice(to, 0, printRule(added.rule, added.comment, indent));
  return lines.join('\n');
}

/** Takes a rule away, with the comment directly above it. */
export function removeRule(
  { text, rules }: RulesInText,
  index: number,
): string {
  if (rules.length === 1 || !isBlock(text, rules))
    return reprint(text, rules.toSpliced(index, 1));
  const { lines, from, to } = placeOf(text, rules[index]!);
  lines.splice(from, to - from);
  return lines.join('\n');
}

/** The lines of a rule and its comment, from 0, the end exclusive. */
function placeOf(text: string, { line, end_line: end, comment }: PlacedRule) {
  const lines = text.split('\n');
  const [indent] = /^\s*/.exec(lines[line - 1]!)!;
  let from = line - 1;
  if (comment !== null)
    while (from > 0 && /^\s*#/.test(lines[from - 1]!)) from--;
  return { lines, from, to: end, indent };
}

/** Whether each rule begins a line of its own. */
function isBlock(text: string, rules: readonly PlacedRule[]): boolean {
  const lines = text.split('\n');
  return rules.every(({ line }) => /^\s*-\s/.test(lines[line - 1] ?? ''));
}

/** All rules anew, below the comments with which the text begins. */
function reprint(text: string, rules: readonly CommentedRule[]): string {
  const [head = ''] = /^(\s*#.*\n)*/.exec(text) ?? [];
  if (rules.length === 0) return `${head}${EMPTY}\n`;
  const items = rules.map(({ rule, comment }) => printRule(rule, comment));
  return `${head}excludeRules:\n${items.join('\n')}\n`;
}
