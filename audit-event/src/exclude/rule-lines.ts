import { isMap, isNode, isSeq, LineCounter, parseDocument } from 'yaml';
import { RULES_KEY } from './parse-rules';

/** Where a rule stands in a text, in lines from 1, both inclusive. */
export interface RuleLines {
  line: number;
  end_line: number;
  /** What the comment lines directly above it say; null without any. */
  comment: string | null;
}

/**
 * Where each rule of a text stands that `parseRules` found to be valid, in their order. Rules of a list in brackets may
 * share a line, and then have no comment.
 *
 * @example
 * ruleLines('excludeRules:\n  # noise\n  - eventId: task\n'); // [{ line: 3, end_line: 3, comment: 'noise' }]
 */
export function ruleLines(yaml: string): RuleLines[] {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines });
  if (!isMap(document.contents)) return [];
  const list = document.contents.get(RULES_KEY, true);
  if (!isSeq(list)) return [];
  const text = yaml.split('\n');
  return list.items.map((item) => {
    const [start, end] = (isNode(item) && item.range) || [0, 0];
    const lineAt = (offset: number) => lines.linePos(offset).line;
    const lastAt = start + yaml.slice(start, end).trimEnd().length - 1;
    const line = lineAt(start);
    return {
      line,
      end_line: Math.max(line, lineAt(lastAt)),
      comment: list.flow ? null : commentAbove(text, line),
    };
  });
}

function commentAbove(text: readonly string[], line: number): string | null {
  const found: string[] = [];
  for (let at = line - 2; at >= 0; at--) {
    const comment = /^\s*#\s?(.*?)\s*$/.exec(text[at]!);
    if (!comment) break;
    found.unshift(comment[1]!);
  }
  return found.join('\n').trim() || null;
}
