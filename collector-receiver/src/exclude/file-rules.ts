import { readFile } from 'node:fs/promises';
import { parseRules } from './parse-rules';
import type { IdentifiedRule } from './rule';

/**
 * The rules of a YAML file, parsed again only when its content differs. A file that is gone is an error rather than no
 * rules: most likely it is being replaced.
 */
export function fileRules(
  file: string | undefined,
): () => Promise<IdentifiedRule[]> {
  let text = '';
  let rules: IdentifiedRule[] = [];
  return async () => {
    if (file === undefined) return rules;
    const now = await readFile(file, 'utf8');
    if (now === text) return rules;
    const parsed = parseRules(now);
    if (parsed.status === 'invalid')
      throw new Error(`${file}: ${parsed.reason}`);
    text = now;
    rules = parsed.rules;
    return rules;
  };
}
