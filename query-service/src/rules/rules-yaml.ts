import { RULES_KEY } from 'audit-event/exclude';
import type { RuleRow } from 'audit-event/store';
import { Document, isSeq } from 'yaml';

/** Rules in the contract's YAML, comments above each: what a file of the receiver, or `PUT`, takes. */
export function rulesYaml(rules: readonly RuleRow[]): string {
  const document = new Document({ [RULES_KEY]: rules.map(({ rule }) => rule) });
  const list = document.get(RULES_KEY, true);
  if (isSeq<{ commentBefore?: string | null }>(list))
    list.items.forEach((item, i) => {
      const { comment } = rules[i]!;
      if (comment) item.commentBefore = commentLines(comment);
    });
  return document.toString();
}

/** Each line is one of the comment, whatever somebody wrote: YAML ends a comment at any line break. */
function commentLines(comment: string): string {
  return comment
    .split(/[\r\n\u0085\u2028\u2029]+/)
    .map((line) => ` ${line.replace(/[\p{Cc}\p{Cf}]/gu, '')}`)
    .join('\n');
}
