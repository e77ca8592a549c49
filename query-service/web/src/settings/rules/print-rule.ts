import type { WrittenRule } from '../../api/rules';

/** What YAML can take for nothing but text. */
const PLAIN = /^[A-Za-z_/]([\w/:.@*?-]*[\w/*?])?$/;
/** What it would take for something else than a text. */
const WORD = /^(true|false|null|yes|no|on|off|y|n)$/i;

/** A value in YAML; in quotes only where it needs them. */
function printValue(value: string | true): string {
  if (value === true) return 'true';
  return PLAIN.test(value) && !WORD.test(value) ? value : JSON.stringify(value);
}

/**
 * A rule as an item of the list, its comment above it.
 *
 * @example
 * printRule({ actorId: 'plugin:*', eventId: 'task' }, null); // '  - actorId: plugin:*\n    eventId: task'
 */
export function printRule(
  rule: WrittenRule,
  comment: string | null,
  indent = '  ',
): string {
  const comments = (comment ?? '')
    .split(/\s*[\r\n\u0085\u2028\u2029]+\s*/)
    .filter((line) => line.trim())
    .map((line) => `${indent}# ${line.trim()}`);
  const keys = Object.entries(rule)
    .filter((entry): entry is [string, string | true] => entry[1] !== undefined)
    .map(([key, value]) => `${key}: ${printValue(value)}`);
  return [...comments, `${indent}- ${keys.join(`\n${indent}  `)}`].join('\n');
}
